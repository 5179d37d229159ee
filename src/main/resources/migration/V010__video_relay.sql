-- What only a moderator's page knows of the video room, as it relayed it: who is there with which microphone, whose hand
-- is up, who knocks, whether it is recorded. One page relays at a time; page null: nobody does.
CREATE TABLE video_relay (
  briefing     uuid PRIMARY KEY REFERENCES briefing ON DELETE CASCADE,
  page         uuid,
  by_name      text NOT NULL DEFAULT '',
  since        timestamptz NOT NULL,
  seen_at      timestamptz NOT NULL,
  n            bigint NOT NULL,                   -- of the page's last report
  digest       text,                              -- of its content; null: to be looked at again though it be the same
  lobby        boolean NOT NULL DEFAULT false,
  recording_at timestamptz
);
CREATE TABLE video_seat (
  briefing    uuid NOT NULL REFERENCES briefing ON DELETE CASCADE,
  participant text NOT NULL,                      -- Jitsi's name for one connection
  endpoint    uuid REFERENCES endpoint,           -- null: no site that is invited
  name        text NOT NULL,
  moderator   boolean NOT NULL,
  audio_muted boolean NOT NULL,
  video_muted boolean NOT NULL,
  hand        bigint NOT NULL,                    -- when it was raised, by the clock of that page; 0: down
  PRIMARY KEY (briefing, participant)
);
CREATE TABLE video_knock (
  briefing    uuid NOT NULL REFERENCES briefing ON DELETE CASCADE,
  participant text NOT NULL,
  endpoint    uuid REFERENCES endpoint,
  name        text NOT NULL,
  PRIMARY KEY (briefing, participant)
);
-- Each raising of a hand once: what the floor made of it, and whether it has come down.
CREATE TABLE video_hand (
  briefing    uuid NOT NULL REFERENCES briefing ON DELETE CASCADE,
  participant text NOT NULL,
  hand        bigint NOT NULL,
  endpoint    uuid NOT NULL REFERENCES endpoint,
  request     uuid REFERENCES floor_request ON DELETE CASCADE, -- null: the site already waited or spoke
  down        boolean NOT NULL DEFAULT false,
  PRIMARY KEY (briefing, participant, hand)
);
