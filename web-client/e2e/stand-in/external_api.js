/**
 * Stands in for `https://<domain>/external_api.js`, the script of Jitsi's IFrame API, in browser stories.
 *
 * It promises to be stricter than the real one: what Jitsi would only log and ignore, or refuse inside its frame where
 * no story can see it, is written down in `jitsiStandIn.violations` and thrown. It looks at the domain, the room's
 * name, the options, the token (header, claims, hours, signature) and at every name of a command or an event.
 * It has no picture and no sound. Besides the page itself it knows whom a story lets in: it tells of them with Jitsi's
 * events and fields, obeys a moderator's commands about them, and refuses those about somebody who is not there.
 *
 * A story sets `globalThis.jitsiStandIn = {domain, secret, issuer, audience, subject}` before the page loads (see
 * `jitsi.ts`) and finds there afterwards: `violations`, `commands` (each [name, ...values]), `frames` (the open ones),
 * and `fire(event, detail)`, which makes the newest frame tell the page something; and `enter(person)`, `go(id)`,
 * `hand(id, at)`, `mute(id, media, muted)` and `knock(id, name)`, which let others do something in the newest frame.
 */
(() => {
  'use strict';

  const words = (text) => new Set(text.trim().split(/\s+/));

  const MODERATOR_COMMANDS = words(`
    muteEveryone muteRemoteParticipant toggleModeration askToUnmute approveVideo rejectParticipant kickParticipant
    grantModerator toggleLobby answerKnockingParticipant password endConference subject setFollowMe
    startRecording stopRecording addBreakoutRoom autoAssignToBreakoutRooms sendParticipantToRoom closeBreakoutRoom
    removeBreakoutRoom`);
  const COMMANDS = words(`
    pinParticipant setLargeVideoParticipant setTileView toggleTileView toggleFilmStrip resizeFilmStrip setVideoQuality
    overwriteNames showNotification hideNotification toggleParticipantsPane setMeetingTimer setSubtitles
    toggleAudio toggleVideo toggleShareScreen startShareVideo stopShareVideo setAssumedBandwidthBps setLowBandwidthMode
    sendChatMessage sendEndpointTextMessage toggleRaiseHand joinBreakoutRoom overwriteConfig displayName avatarUrl
    email hangup setParticipantProperties setSecondScreen`).union(MODERATOR_COMMANDS);
  const EVENTS = words(`
    videoConferenceJoined videoConferenceLeft participantJoined participantLeft participantRoleChanged
    participantKickedOut participantMuted raiseHandUpdated dominantSpeakerChanged audioMuteStatusChanged
    videoMuteStatusChanged knockingParticipant moderationStatusChanged moderationParticipantApproved
    moderationParticipantRejected recordingStatusChanged recordingLinkAvailable contentSharingParticipantsChanged
    endpointTextMessageReceived incomingMessage nonParticipantMessageReceived breakoutRoomsUpdated passwordRequired
    errorOccurred conferenceCreatedTimestamp largeVideoChanged displayNameChange subjectChange readyToClose
    suspendDetected transcribingStatusChanged transcriptionChunkReceived dataChannelOpened dataChannelClosed
    p2pStatusChanged peerConnectionFailure browserSupport log`);
  const OPTIONS = words(`
    roomName width height parentNode configOverwrite interfaceConfigOverwrite jwt lang userInfo devices invitees onload
    iceServers e2eeKey release sandbox`);
  /** Granted by the token alone, and by ours to moderators alone. */
  const FEATURES = ['recording', 'livestreaming', 'transcription', 'outbound-call'];
  const LONGEST_TOKEN_SECONDS = 15 * 60;

  const story = (globalThis.jitsiStandIn ??= {});
  story.violations ??= [];
  story.commands ??= [];
  story.frames ??= [];
  story.fire = (event, detail) => story.frames.at(-1).tell(event, detail);
  for (const act of ['enter', 'go', 'hand', 'mute', 'knock'])
    story[act] = (...values) => story.frames.at(-1).others[act](...values);

  /** The other people in the room, and those at its door: `tell` is how the page hears of them. */
  class Others {
    #people = new Map();
    #door = new Map();
    #tell;

    constructor(tell) {
      this.#tell = tell;
    }

    /** {id, displayName, user}: `user` is the id in the token, shown where Prosody loads presence_identity. */
    enter({ id, displayName, user, role = 'participant' }) {
      const userContext = user === undefined ? {} : { userContext: { id: user, name: displayName } };
      const person = { id, displayName, role, ...userContext, audioMuted: true, videoMuted: false };
      this.#people.set(id, person);
      this.#tell('participantJoined', { id, displayName, formattedDisplayName: displayName, ...userContext });
    }

    go(id) {
      this.#known(id);
      this.#people.delete(id);
      this.#tell('participantLeft', { id });
    }

    hand(id, handRaised) {
      this.#known(id);
      this.#tell('raiseHandUpdated', { id, handRaised });
    }

    mute(id, mediaType, isMuted) {
      this.#known(id)[`${mediaType}Muted`] = isMuted;
      this.#tell('participantMuted', { id, isMuted, mediaType });
    }

    knock(id, name) {
      this.#door.set(id, name);
      this.#tell('knockingParticipant', { participant: { id, name } });
    }

    #known(id) {
      demand(this.#people.has(id), `there is no participant ${id}`);
      return this.#people.get(id);
    }

    /** What a moderator's command does to them. */
    obey(name, values, tell) {
      const [first, second] = values;
      const media = { audio: 'audio', video: 'video', desktop: 'desktop' };
      switch (name) {
        case 'muteEveryone':
          demand(media[first], `muteEveryone of ${first}`);
          for (const [id, person] of this.#people) if (!person[`${first}Muted`]) this.mute(id, first, true);
          break;
        case 'muteRemoteParticipant':
          this.#known(first);
          demand(media[second], `muteRemoteParticipant of ${second}`);
          this.mute(first, second, true);
          break;
        case 'askToUnmute':
        case 'grantModerator':
        case 'approveVideo':
          this.#known(first);
          break;
        case 'pinParticipant':
          if (first !== null && first !== undefined) this.#known(first);
          break;
        case 'kickParticipant':
          this.#known(first);
          tell('participantKickedOut', {
            kicked: { id: first, local: false },
            kicker: { id: 'participant-me' },
          });
          this.go(first);
          break;
        case 'sendChatMessage':
          demand(typeof first === 'string' && first !== '', 'an empty chat message');
          if (second) this.#known(second);
          break;
        case 'toggleLobby':
        case 'setFollowMe':
          demand(typeof first === 'boolean', `${name} takes true or false`);
          // Who waits comes in when the lobby is switched off.
          if (name === 'toggleLobby' && !first) for (const id of [...this.#door.keys()]) this.#admit(id);
          break;
        case 'answerKnockingParticipant':
          demand(this.#door.has(first), `nobody called ${first} knocks`);
          demand(typeof second === 'boolean', 'answerKnockingParticipant takes true or false');
          if (second) this.#admit(first);
          else this.#door.delete(first);
          break;
        case 'startRecording':
          demand(['file', 'stream', 'local'].includes(first?.mode), `startRecording of ${first?.mode}`);
          tell('recordingStatusChanged', { on: true, mode: first.mode, transcription: false });
          break;
        case 'stopRecording':
          demand(['file', 'stream', 'local'].includes(first), `stopRecording of ${first}`);
          tell('recordingStatusChanged', { on: false, mode: first, transcription: false });
          break;
        case 'endConference':
          for (const id of [...this.#people.keys()]) this.go(id);
          break;
      }
    }

    #admit(id) {
      const displayName = this.#door.get(id);
      this.#door.delete(id);
      this.enter({ id, displayName });
    }

    infos(room) {
      return [...this.#people.values()].map((person) => ({
        ...person,
        jid: `${room}@muc.meet.jitsi/${person.id}`,
        isJigasi: false,
      }));
    }
  }

  function complain(what) {
    story.violations.push(what);
    throw new Error(`Jitsi stand-in: ${what}`);
  }

  function demand(condition, what) {
    if (!condition) complain(what);
  }

  const bytes = (part) =>
    Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

  function json(part) {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes(part)));
  }

  function readToken(jwt, roomName) {
    demand(
      typeof jwt === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(jwt),
      'a token of three parts is needed',
    );
    const [head, body] = jwt.split('.');
    const header = json(head);
    demand(header.typ === 'JWT', `header typ is ${header.typ}`);
    demand(header.alg === 'HS256', `header alg is ${header.alg}`);
    const claims = json(body);
    const now = Date.now() / 1000;
    demand(!story.issuer || claims.iss === story.issuer, `claim iss is ${claims.iss}`);
    demand(typeof claims.aud === 'string', 'claim aud must be a plain string');
    demand(!story.audience || claims.aud === story.audience, `claim aud is ${claims.aud}`);
    demand(!story.subject || claims.sub === story.subject, `claim sub is ${claims.sub}`);
    demand(claims.room === roomName, `claim room is ${claims.room}, the page enters ${roomName}`);
    demand(Number.isInteger(claims.exp) && claims.exp > now, 'claim exp is missing or past');
    demand(Number.isInteger(claims.nbf) && claims.nbf <= now, 'claim nbf is missing or not yet');
    demand(claims.exp - (claims.iat ?? now) <= LONGEST_TOKEN_SECONDS, 'the token lives too long');
    readUser(claims.context?.user ?? {}, claims.context?.features ?? {});
    return claims;
  }

  function readUser(user, features) {
    demand(typeof user.id === 'string' && user.id !== '', 'context.user.id is missing');
    demand(typeof user.name === 'string' && user.name !== '', 'context.user.name is missing');
    demand(typeof user.moderator === 'boolean', 'context.user.moderator must be a JSON boolean');
    demand(user.affiliation === (user.moderator ? 'owner' : 'member'), `affiliation is ${user.affiliation}`);
    demand(!('email' in user), 'context.user.email would be shown to everybody in the room');
    for (const feature of FEATURES)
      demand(
        (features[feature] === true) === user.moderator,
        `context.features.${feature} is ${features[feature]}`,
      );
  }

  async function signedWith(secret, jwt) {
    const encoder = new TextEncoder();
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('raw', encoder.encode(secret), hmac, false, ['verify']);
    const end = jwt.lastIndexOf('.');
    return crypto.subtle.verify('HMAC', key, bytes(jwt.slice(end + 1)), encoder.encode(jwt.slice(0, end)));
  }

  class JitsiMeetExternalAPI {
    #listeners = new Map();
    #claims;
    #frame;
    #muted = { audio: false, video: false };
    #joined = false;
    others = new Others((event, detail) => this.tell(event, detail));

    constructor(domain, options) {
      demand(domain === story.domain, `domain is ${domain}`);
      for (const name of Object.keys(options)) demand(OPTIONS.has(name), `there is no option ${name}`);
      const { roomName, parentNode, jwt } = options;
      demand(/^[a-z0-9-]+$/.test(roomName ?? ''), `room name ${roomName} is not lower-case ASCII`);
      demand(parentNode instanceof Element && parentNode.isConnected, 'parentNode must be in the page');
      this.#claims = readToken(jwt, roomName);
      this.#muted.audio = options.configOverwrite?.startWithAudioMuted === true;
      this.#muted.video = options.configOverwrite?.startWithVideoMuted === true;
      this.#show(domain, options);
      story.frames.push(this);
      void this.#enter(jwt, roomName);
    }

    #show(domain, { roomName, parentNode, width = '100%', height = '100%' }) {
      this.#frame = document.createElement('iframe');
      this.#frame.name = 'jitsiConferenceFrame0';
      this.#frame.title = 'Jitsi';
      this.#frame.allow = 'autoplay; camera; clipboard-write; display-capture; fullscreen; microphone';
      this.#frame.src = `https://${domain}/${roomName}`;
      const length = (value) => (typeof value === 'number' ? `${value}px` : value);
      this.#frame.style.width = length(width);
      this.#frame.style.height = length(height);
      this.#frame.style.border = '0';
      parentNode.append(this.#frame);
    }

    async #enter(jwt, roomName) {
      if (story.secret && !(await signedWith(story.secret, jwt))) {
        story.violations.push('the signature is not of our secret');
        const error = { name: 'connection.passwordRequired', params: [], type: 'CONNECTION', isFatal: true };
        this.tell('errorOccurred', { error });
        return;
      }
      if (!this.#frame) return; // gone before it came
      this.#joined = true;
      const { id, name, role } = this.#claims.context.user;
      this.tell('videoConferenceJoined', {
        roomName,
        id: `participant-${id}`,
        displayName: name,
        avatarURL: '',
        breakoutRoom: false,
        visitor: role === 'visitor',
      });
    }

    tell(event, detail = {}) {
      demand(EVENTS.has(event), `there is no event ${event}`);
      for (const listener of this.#listeners.get(event) ?? []) listener(detail);
    }

    executeCommand(name, ...values) {
      demand(this.#frame, `${name} after dispose`);
      demand(COMMANDS.has(name), `there is no command ${name}`);
      demand(
        !MODERATOR_COMMANDS.has(name) || this.#claims.context.user.moderator,
        `${name} is for moderators; Jitsi would ignore it`,
      );
      story.commands.push([name, ...values]);
      if (name === 'toggleAudio') this.#toggle('audio');
      if (name === 'toggleVideo') this.#toggle('video');
      this.others.obey(name, values, (event, detail) => this.tell(event, detail));
      if (name === 'subject') this.tell('subjectChange', { subject: values[0] });
      if (name === 'hangup' || name === 'endConference') this.#leave();
    }

    executeCommands(commands) {
      for (const [name, values] of Object.entries(commands)) this.executeCommand(name, ...values);
    }

    #toggle(media) {
      this.#muted[media] = !this.#muted[media];
      this.tell(`${media}MuteStatusChanged`, { muted: this.#muted[media] });
    }

    #leave() {
      if (!this.#joined) return;
      this.#joined = false;
      this.tell('videoConferenceLeft', { roomName: this.#claims.room });
      this.tell('readyToClose');
    }

    addListener(event, listener) {
      demand(EVENTS.has(event), `there is no event ${event}`);
      demand(typeof listener === 'function', `the listener of ${event} is no function`);
      this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
      return this;
    }

    removeListener(event, listener) {
      demand(EVENTS.has(event), `there is no event ${event}`);
      this.#listeners.set(
        event,
        (this.#listeners.get(event) ?? []).filter((known) => known !== listener),
      );
      return this;
    }

    on(event, listener) {
      return this.addListener(event, listener);
    }

    off(event, listener) {
      return this.removeListener(event, listener);
    }

    addEventListener(event, listener) {
      this.addListener(event, listener);
    }

    removeEventListener(event) {
      this.#listeners.delete(event);
    }

    /** For stories: past the door, and not yet out again. */
    get inRoom() {
      return this.#joined;
    }

    getIFrame() {
      return this.#frame;
    }

    getSupportedCommands() {
      return [...COMMANDS];
    }

    getSupportedEvents() {
      return [...EVENTS];
    }

    getNumberOfParticipants() {
      return this.#joined ? 1 + this.others.infos('').length : 0;
    }

    isAudioMuted() {
      return Promise.resolve(this.#muted.audio);
    }

    isVideoMuted() {
      return Promise.resolve(this.#muted.video);
    }

    getRoomsInfo() {
      const { id, name, moderator } = this.#claims.context.user;
      const me = {
        id: `participant-${id}`,
        displayName: name,
        role: moderator ? 'moderator' : 'participant',
      };
      // The own entry has neither address nor microphone.
      const { room } = this.#claims;
      const participants = this.#joined ? [me, ...this.others.infos(room)] : [];
      const jid = `${room}@muc.meet.jitsi`;
      return Promise.resolve({ rooms: [{ isMainRoom: true, id: jid, jid, participants }] });
    }

    dispose() {
      this.#leave();
      this.#frame?.remove();
      this.#frame = undefined;
      this.#listeners.clear();
      story.frames = story.frames.filter((known) => known !== this);
    }
  }

  globalThis.JitsiMeetExternalAPI = JitsiMeetExternalAPI;
})();
