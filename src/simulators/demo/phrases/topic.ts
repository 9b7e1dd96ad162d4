/** What citizens write about one subject, in parts. `plain` is Indonesian, formal and casual alike. */
export interface Topic {
  /** Id in data/subjects.json: what the generator had in mind. */
  readonly subject: string;
  /** The office that answers, as people call it. */
  readonly agency: string;
  /** Share among all topics, relative. */
  readonly weight: number;
  /** How much more there is on a wet day: weight × (1 + rain × wetness). */
  readonly rain?: number;
  readonly complaints: { readonly plain: readonly string[]; readonly javanese: readonly string[] };
  /** What it does to people; follows the complaint. */
  readonly effects: { readonly plain: readonly string[]; readonly javanese: readonly string[] };
  readonly questions?: readonly string[];
  readonly wishes?: readonly string[];
  readonly praises?: readonly string[];
}
