-- What Jitsi was answered when it asked whether a room may start. At most one stands for a room: a repeated question
-- gets the answer of the first, and a late DELETE of an earlier meeting ends nothing of this one.
CREATE TABLE video_reservation (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  room     text NOT NULL,
  briefing uuid NOT NULL REFERENCES briefing ON DELETE CASCADE,
  start_at timestamptz NOT NULL,
  seats    integer NOT NULL,
  asked_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE UNIQUE INDEX video_reservation_standing ON video_reservation (room) WHERE ended_at IS NULL;
CREATE INDEX video_reservation_briefing ON video_reservation (briefing);

-- What Jitsi told or showed of a room, each fact once and never changed, so that it does not matter how often, when
-- and in which order it comes. Who was there from when to when follows from all of them.
CREATE TABLE video_fact (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  briefing uuid NOT NULL REFERENCES briefing ON DELETE CASCADE,
  room     text NOT NULL,
  breakout text NOT NULL DEFAULT '',
  kind     text NOT NULL,                         -- CREATED, DESTROYED, JOINED, LEFT, LISTED, SEEN, GONE
  nick     text NOT NULL DEFAULT '',              -- first eight of the occupant's id; '' for facts of the room
  occupant text NOT NULL DEFAULT '',              -- the connection's full address
  at       timestamptz NOT NULL,
  till     timestamptz,
  who      text NOT NULL DEFAULT '',              -- the id in the token: an endpoint or a person
  name     text NOT NULL DEFAULT '',
  told     boolean NOT NULL DEFAULT false,        -- whether the briefing has heard of it
  UNIQUE NULLS NOT DISTINCT (room, breakout, kind, nick, occupant, at, till)
);
CREATE INDEX video_fact_briefing ON video_fact (briefing, who);
CREATE INDEX video_fact_news ON video_fact (briefing) WHERE NOT told;

-- Which of a briefing's sites is in its conference now, with which connections: what the board was told last.
CREATE TABLE video_presence (
  briefing uuid NOT NULL,
  endpoint uuid NOT NULL,
  since    timestamptz NOT NULL,
  sure     boolean NOT NULL,
  nicks    text[] NOT NULL,
  PRIMARY KEY (briefing, endpoint),
  FOREIGN KEY (briefing, endpoint) REFERENCES invitation ON DELETE CASCADE
);

-- By which number a telephone finds the room; gone when the briefing is over.
CREATE TABLE video_pin (
  briefing uuid PRIMARY KEY REFERENCES briefing ON DELETE CASCADE,
  room     text NOT NULL UNIQUE,
  pin      text NOT NULL UNIQUE
);

-- How Jitsi's servers were at the last look that told the briefing anything new.
CREATE TABLE video_health (
  briefing uuid PRIMARY KEY REFERENCES briefing ON DELETE CASCADE,
  at       timestamptz NOT NULL,
  servers  text NOT NULL                          -- JSON: how each was found
);

-- What one node does for all, and when one last did.
CREATE TABLE video_turn (
  what text PRIMARY KEY,
  at   timestamptz NOT NULL
);

-- An edge that no source showed is not certain.
ALTER TABLE presence_interval
  ADD COLUMN from_sure boolean NOT NULL DEFAULT true,
  ADD COLUMN to_sure   boolean NOT NULL DEFAULT true;

-- What the conference told of a room goes with a draft that is thrown away.
ALTER TABLE presence_interval DROP CONSTRAINT presence_interval_briefing_fkey;
ALTER TABLE presence_interval ADD FOREIGN KEY (briefing) REFERENCES briefing ON DELETE CASCADE;
