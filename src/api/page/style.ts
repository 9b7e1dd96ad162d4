import { createHash } from 'node:crypto';

/** The one stylesheet. Colours keep AA contrast in both themes; colour is never the only sign. */
export const style = `
:root { color-scheme: light dark; --back: #f6f7f9; --paper: #fff; --ink: #1b2430; --soft: #55606e; --line: #d8dde4;
  --accent: #0b5cad; --accent-ink: #fff; --green: #1b6e3c; --green-back: #e3f4e8; --amber: #7a4d00; --amber-back: #fdf0d5;
  --red: #a3161f; --red-back: #fde7e8; --grey-back: #eceff3; }
@media (prefers-color-scheme: dark) { :root { --back: #12161c; --paper: #1b212a; --ink: #e8ecf1; --soft: #a9b4c2; --line: #36404d;
  --accent: #7db8f5; --accent-ink: #0b1622; --green: #8fdcab; --green-back: #163324; --amber: #f2c777; --amber-back: #3a2c10;
  --red: #ff9ea4; --red-back: #43191c; --grey-back: #2a323d; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: var(--back); color: var(--ink); }
main { max-width: 68rem; margin: 0 auto; padding: 1rem; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
h1 { font-size: 1.4rem; margin: .5rem 0; } h2 { font-size: 1.1rem; margin: 1.25rem 0 .5rem; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; }
.demo { margin: 0; padding: .3rem 1rem; text-align: center; background: var(--amber-back); color: var(--amber); font-weight: 600; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; padding: .6rem 1rem; background: var(--paper);
  border-bottom: 1px solid var(--line); }
.brand { font-weight: 700; font-size: 1.15rem; text-decoration: none; }
nav { display: flex; gap: 1rem; flex-wrap: wrap; } nav a { text-decoration: none; padding: .2rem 0; }
nav a[aria-current] { border-bottom: 3px solid var(--accent); font-weight: 600; }
.who { margin-left: auto; display: flex; gap: .75rem; align-items: center; text-align: right; }
.who small { display: block; color: var(--soft); }
.stop { display: flex; gap: .75rem; align-items: center; justify-content: flex-end; padding: .4rem 1rem; }
.stopped { justify-content: center; background: var(--red-back); color: var(--red); }
button, .button { font: inherit; padding: .4rem .9rem; border-radius: .4rem; border: 1px solid var(--line); background: var(--paper);
  color: var(--ink); cursor: pointer; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
button.danger { border-color: var(--red); color: var(--red); }
button:disabled { color: var(--soft); background: var(--grey-back); cursor: not-allowed; }
input, select, textarea { font: inherit; width: 100%; padding: .4rem .5rem; border: 1px solid var(--soft); border-radius: .4rem;
  background: var(--paper); color: var(--ink); }
textarea { min-height: 8rem; } label { display: block; font-weight: 600; margin: .6rem 0 .2rem; }
.narrow { max-width: 24rem; margin: 2rem auto; }
.card, .box { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1rem; margin: .75rem 0; }
.done { background: var(--green-back); color: var(--green); padding: .5rem .9rem; border-radius: .4rem; }
.wrong { background: var(--red-back); color: var(--red); padding: .5rem .9rem; border-radius: .4rem; }
.tabs { display: flex; gap: .4rem; flex-wrap: wrap; margin: .5rem 0; }
.tabs a { padding: .3rem .8rem; border: 1px solid var(--line); border-radius: 1rem; text-decoration: none; background: var(--paper); color: var(--ink); }
.tabs a[aria-current] { background: var(--accent); color: var(--accent-ink); border-color: var(--accent); }
.filter { display: flex; gap: .6rem; align-items: end; flex-wrap: wrap; } .filter label { margin: 0; font-size: .9rem; }
.filter select, .filter input { width: auto; min-width: 9rem; }
ul.threads, ol.history, ul.plain { list-style: none; margin: .5rem 0; padding: 0; }
ul.threads li { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; margin: .45rem 0; }
ul.threads a { display: block; padding: .6rem .9rem; text-decoration: none; color: var(--ink); }
ul.threads a:hover { background: var(--grey-back); border-radius: .6rem; }
.meta { display: flex; flex-wrap: wrap; gap: .3rem .7rem; align-items: center; color: var(--soft); font-size: .92rem; }
.line { overflow-wrap: anywhere; margin: .15rem 0 .35rem; }
.chip { padding: 0 .5rem; border-radius: .7rem; background: var(--grey-back); color: var(--ink); white-space: nowrap; }
.chip.green { background: var(--green-back); color: var(--green); } .chip.amber { background: var(--amber-back); color: var(--amber); }
.chip.red { background: var(--red-back); color: var(--red); font-weight: 600; }
.chip.platform { border: 1px solid var(--line); background: var(--paper); font-weight: 600; }
.message { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 4px solid var(--accent); padding: .2rem .9rem; margin: .5rem 0; }
.reply { border-left-color: var(--green); }
.acts { display: flex; flex-wrap: wrap; gap: .6rem; align-items: start; } .act { max-width: 100%; } .act input, .act textarea, .act select { margin-bottom: .3rem; }
.act textarea { min-height: 3.5rem; } .why { display: block; color: var(--soft); max-width: 17rem; }
.two { display: grid; gap: 1rem; } @media (min-width: 56rem) { .two { grid-template-columns: 3fr 2fr; } }
table { border-collapse: collapse; width: 100%; background: var(--paper); } th, td { text-align: left; padding: .4rem .6rem; border: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; } .scroll { overflow-x: auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem .8rem; margin: .3rem 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
ol.history li { border-left: 2px solid var(--line); padding: .1rem .8rem .5rem; } small { color: var(--soft); }
details summary { cursor: pointer; } .fold[open] { flex-basis: 100%; } .fold summary { list-style: none; } .fold .act { padding: .5rem 0; }
fieldset { border: 1px solid var(--line); border-radius: .4rem; margin: .75rem 0; padding: .4rem .9rem .8rem; } .choice { display: block; font-weight: 400; padding: .25rem 0; }
.choice input { width: auto; } .wrong ul { margin: 0; }
.button.danger { border-color: var(--red); color: var(--red); }
`;

/** The name changes with the content, so that a browser may keep it for ever. */
export const stylePath = `/gaya-${createHash('sha256').update(style).digest('hex').slice(0, 10)}.css`;
