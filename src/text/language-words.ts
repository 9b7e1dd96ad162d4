/** Which of our everyday word lists a word stands in; `root`: in none, but the stemmer knows its root. */
export type WordList = 'javanese' | 'indonesian' | 'english' | 'root' | 'unknown';

const words = (list: string) => new Set(list.trim().split(/\s+/));

/** Everyday words that belong to one language only, as they are typed. */
const JAVANESE = words(`
  iki kuwi iku kui kae ora mboten boten durung dereng wis wes sampun arep ajeng ameh sing ingkang karo kalih kanggo kagem
  neng nang ning wonten ana ono piye pripun kepriye ngapa ngopo opo sapa sopo endi ngendi pundi piro pira
  pinten kabeh sedaya sedoyo akeh kathah tenan sanget maneh malih meneh saiki sakniki sapunika wingi sesuk mbenjing
  bengi wengi dalu esuk enjang dina dino dinten wulan sasi kulo kula kowe panjenengan sampeyan njenengan mbok
  tulung nyuwun nuwun suwun matur dalan ndalan dalane banyu toya omah griya wong tiyang bocah lare duit arta uwuh wit peteng
  padhang ngarep mburi lor kidul kulon wetan cedhak cedak adoh gedhe cilik elek apik sae jero ngisor nduwur liwat mlaku
  mulih teka rawuh turu weruh ndelok takon jare njaluk ngomong iso isa saged gelem emoh ngerti ngertos bar nganti ngantos
  tekan tansah isih taksih tasih podo padha yo nggih inggih wae mawon menawi yen nek niku niki menika nanging
  amargi mergo merga sepurane ngapunten monggo mangga ngono ngene kono kene kudu kedah dodol tuku tumbas rega lara
  urip mili kobong ambruk ilang ajur didandani dibenakke digawe diwenehi nggonku omahku anakku kampungku mangkat
  bapake ibune bocahe lampune banyune regane ambune akehe suwe dangu enggal ndang simbah mbah pring alus sugeng pirsa
`);
const INDONESIAN = words(`
  yang tidak gak ga nggak belum sudah udah udh sdh blm tdk dengan untuk dari pada ini itu tersebut kami saya sy kita akan
  jalan rusak mohon tolong tlg bagaimana gimana gmn kenapa kapan berapa apakah ada bisa sangat sekali banget bgt kalau kalo
  karena krn juga jg tapi tp masih msh sampai hari minggu bulan tahun kemarin sekarang besok malam pagi rumah orang anak air
  lampu sampah sekolah guru warga desa terima kasih makasih bapak ibu pak bu dapat dpt harus perlu setiap semua banyak
  depan belakang dekat lewat pulang datang minta dilaporkan diperbaiki segera hampir lagi lg saja aja dan atau di ke
`);
const ENGLISH = words(`
  the is are was were there this that and or of to in on at for from with please when where how what why road open closed
  broken light street water school help thanks thank you we i my our your it not no can could near heard about any has have
`);

/** @param raw a word as it is typed, in lower case */
export function wordListOf(raw: string): WordList {
  if (JAVANESE.has(raw)) return 'javanese';
  if (INDONESIAN.has(raw)) return 'indonesian';
  return ENGLISH.has(raw) ? 'english' : 'unknown';
}
