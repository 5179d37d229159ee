/** The words about the servers of the conference, and the way in by telephone. */
export const conference = {
  servers: 'Máy chủ video',
  ok: 'Video: tốt',
  wrong: (names: string) => `Video: ${names}`,
  ending: 'Video: chờ máy chủ kết thúc cuộc gọi',
  state: { OK: 'tốt', SICK: 'có lỗi', UNKNOWN: 'không rõ' },
  kind: { prosody: 'Prosody', jicofo: 'Jicofo', jvb: 'cầu video', jibri: 'máy ghi hình' } as Record<
    string,
    string
  >,
  server: (kind: string, number: string | undefined, state: string) =>
    `${kind}${number === undefined ? '' : ` ${number}`} ${state}`,
  checked: (clock: string, wrong: string) =>
    wrong === '' ? `Đã kiểm tra lúc ${clock}: mọi máy chủ tốt` : `Kiểm tra lúc ${clock}: ${wrong} chưa tốt`,
  dialIn: {
    title: 'Dự họp qua điện thoại',
    call: 'Gọi số',
    free: 'miễn cước',
    pin: 'Mã phòng họp',
    hint: 'Khi mất đường truyền: gọi một trong các số trên, rồi bấm mã phòng họp và phím #.',
  },
};
