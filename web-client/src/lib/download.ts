import { language } from './text.svelte';

/**
 * Fetches a file in the reader's language and hands it to the browser to be kept. A plain link would ask in the language
 * of the browser. Throws what `fetch` throws, and on a refusal the status.
 */
export async function download(path: string, name: string): Promise<void> {
  const response = await fetch(path, { headers: { 'Accept-Language': language() } });
  if (!response.ok) throw new Error(`${response.status}`);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(url);
}
