/** Calls by the hour at which they begin, in order: the waves of a round. */
export function byHour<Call extends { readonly at: string }>(
  calls: readonly Call[],
): { readonly at: string; readonly calls: readonly Call[] }[] {
  const hours = new Map<string, Call[]>();
  for (const call of calls) {
    const together = hours.get(call.at);
    if (together) together.push(call);
    else hours.set(call.at, [call]);
  }
  return [...hours]
    .map(([at, together]) => ({ at, calls: together }))
    .sort((a, b) => a.at.localeCompare(b.at));
}
