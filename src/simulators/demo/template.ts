import type { Random } from './random.ts';

type Node =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'slot'; readonly name: string }
  | { readonly type: 'choice'; readonly options: readonly Compiled[] };
type Compiled = readonly Node[];

/** Values of `{slots}`; a function is called each time the slot appears. */
export type Slots = Readonly<Record<string, readonly string[] | (() => string)>>;

const compiled = new Map<string, Compiled>();

function compilePlain(template: string): Compiled {
  const nodes: Node[] = [];
  for (const piece of template.split(/(\{[a-z]+\})/)) {
    if (piece === '') continue;
    nodes.push(
      piece.startsWith('{') ? { type: 'slot', name: piece.slice(1, -1) } : { type: 'text', text: piece },
    );
  }
  return nodes;
}

/** `{slot}` takes a value of a list, `[a|b|]` one of the options; options may hold slots, not brackets. */
function compile(template: string): Compiled {
  const known = compiled.get(template);
  if (known) return known;
  const nodes: Node[] = [];
  for (const piece of template.split(/(\[[^\]]*\])/)) {
    if (piece.startsWith('[')) {
      nodes.push({ type: 'choice', options: piece.slice(1, -1).split('|').map(compilePlain) });
    } else {
      nodes.push(...compilePlain(piece));
    }
  }
  compiled.set(template, nodes);
  return nodes;
}

function render(nodes: Compiled, slots: Slots, random: Random): string {
  let text = '';
  for (const node of nodes) {
    if (node.type === 'text') text += node.text;
    else if (node.type === 'choice') text += render(random.pick(node.options), slots, random);
    else text += slotValue(node.name, slots, random);
  }
  return text;
}

function slotValue(name: string, slots: Slots, random: Random): string {
  const slot = slots[name];
  if (slot === undefined) throw new Error(`the template names an unknown slot {${name}}`);
  return typeof slot === 'function' ? slot() : render(compile(random.pick(slot)), slots, random);
}

/** @throws {Error} when the template names a slot that nobody fills */
export function expand(template: string, slots: Slots, random: Random): string {
  return render(compile(template), slots, random);
}
