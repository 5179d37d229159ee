/** What a dictionary names, as the options of a select. */
export const optionsOf = <Key extends string>(words: Record<Key, string>): { value: Key; label: string }[] =>
  (Object.keys(words) as Key[]).map((value) => ({ value, label: words[value] }));
