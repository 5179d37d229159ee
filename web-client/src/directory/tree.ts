import type { Schema } from '../lib/api';

export type Line = Schema<'RegistryLine'>;

/** One row of the list: an endpoint, how deep it stands, and how many stand under it. */
export interface Row {
  readonly line: Line;
  readonly depth: number;
  readonly children: number;
  readonly open: boolean;
}

/** Everything flat, as it was found: what is looked for is not hidden inside a folded branch. */
export const flat = (lines: readonly Line[]): Row[] =>
  lines.map((line) => ({ line, depth: 0, children: 0, open: false }));

/** As a tree, branches folded unless they are among the open ones. What has no parent here stands at the top. */
export function tree(lines: readonly Line[], opened: ReadonlySet<string>): Row[] {
  const known = new Set(lines.map(({ id }) => id));
  const below = new Map<string, Line[]>();
  for (const line of lines) {
    const parent = line.parent !== undefined && known.has(line.parent) ? line.parent : '';
    const brothers = below.get(parent);
    if (brothers) brothers.push(line);
    else below.set(parent, [line]);
  }
  const rows: Row[] = [];
  const passed = new Set<string>();
  const walk = (parent: string, depth: number) => {
    for (const line of below.get(parent) ?? []) {
      if (passed.has(line.id)) continue; // a circle would never end
      passed.add(line.id);
      const children = below.get(line.id)?.length ?? 0;
      const open = opened.has(line.id);
      rows.push({ line, depth, children, open });
      if (open) walk(line.id, depth + 1);
    }
  };
  walk('', 0);
  return rows;
}
