import type { Dictionary } from '../text.svelte';

export const conference: Dictionary['conference'] = {
  servers: 'Video servers',
  ok: 'Video: well',
  wrong: (names) => `Video: ${names}`,
  ending: 'Video: waiting for the server to end the call',
  state: { OK: 'well', SICK: 'failing', UNKNOWN: 'unknown' },
  kind: { prosody: 'Prosody', jicofo: 'Jicofo', jvb: 'video bridge', jibri: 'recorder' },
  server: (kind, number, state) => `${kind}${number === undefined ? '' : ` ${number}`} ${state}`,
  checked: (clock, wrong) =>
    wrong === '' ? `Checked at ${clock}: every server is well` : `Checked at ${clock}: ${wrong} not well`,
  dialIn: {
    title: 'By telephone',
    call: 'Call',
    free: 'free of charge',
    pin: 'Code of the meeting',
    hint: 'When the line is down: call one of these numbers, then press the code and #.',
  },
};
