CREATE TABLE briefing (
  id             uuid PRIMARY KEY,
  organisation   uuid NOT NULL REFERENCES organisation,
  kind           text NOT NULL,
  title          text NOT NULL,
  title_en       text NOT NULL DEFAULT '',
  status         text NOT NULL,
  visibility     text NOT NULL,
  zone           text NOT NULL,
  planned_start  timestamptz NOT NULL,
  planned_end    timestamptz NOT NULL CHECK (planned_end > planned_start),
  opens_at       timestamptz NOT NULL,
  opened_at      timestamptz,
  started_at     timestamptz,
  closed_at      timestamptz,
  previous_start timestamptz,
  reason         text NOT NULL DEFAULT '',
  chair          uuid REFERENCES person,
  secretary      uuid REFERENCES person,
  operator       uuid REFERENCES person,
  hub            uuid REFERENCES endpoint,
  room           uuid REFERENCES video_room,
  expected_delegates integer NOT NULL DEFAULT 0,
  video_name     text NOT NULL UNIQUE,            -- Jitsi's room: unguessable, lower-case ASCII
  line           text NOT NULL DEFAULT '',        -- what the stage shows now
  line_at        timestamptz,
  overrun        text NOT NULL DEFAULT '',        -- the next booking that running over would meet, JSON
  archived       boolean NOT NULL DEFAULT false,  -- no longer in the calendar stream
  agenda_version integer NOT NULL DEFAULT 1,
  version        integer NOT NULL DEFAULT 1,
  search         text NOT NULL DEFAULT ''
);
CREATE INDEX briefing_time ON briefing (planned_start, id);
CREATE INDEX briefing_search ON briefing USING gin (search gin_trgm_ops);

-- What a scheduled, open or live briefing holds: an endpoint, a person or a room, for its hours and a buffer.
-- Two at once are impossible here, whatever the code above does.
CREATE TABLE booking (
  resource text NOT NULL,                         -- endpoint:…, person:…, room:…
  briefing uuid NOT NULL REFERENCES briefing,
  during   tstzrange NOT NULL,
  PRIMARY KEY (resource, briefing),
  CONSTRAINT booked_once EXCLUDE USING gist (resource WITH =, during WITH &&)
);
CREATE INDEX booking_briefing ON booking (briefing);

CREATE TABLE agenda_item (
  id              uuid PRIMARY KEY,
  briefing        uuid NOT NULL REFERENCES briefing ON DELETE CASCADE,
  place           integer NOT NULL,
  title           text NOT NULL,
  title_en        text NOT NULL DEFAULT '',
  minutes         integer NOT NULL CHECK (minutes > 0),
  speaker         text NOT NULL DEFAULT '',
  endpoint        uuid REFERENCES endpoint,
  visibility      text NOT NULL,
  status          text NOT NULL,
  late            boolean NOT NULL DEFAULT false,
  planned_start   timestamptz,                    -- as it stood when the briefing went live
  started_at      timestamptz,
  ended_at        timestamptz,
  version         integer NOT NULL DEFAULT 1,
  UNIQUE (briefing, place) DEFERRABLE INITIALLY DEFERRED
);
-- At most one live item, whatever two organizers press at once.
CREATE UNIQUE INDEX agenda_item_live ON agenda_item (briefing) WHERE status = 'LIVE';

CREATE TABLE invitation (
  briefing  uuid NOT NULL REFERENCES briefing ON DELETE CASCADE,
  endpoint  uuid NOT NULL REFERENCES endpoint,
  state     text NOT NULL,
  joined_at timestamptz,
  left_at   timestamptz,
  losses    integer NOT NULL DEFAULT 0,           -- how often its line was lost
  line      text NOT NULL DEFAULT '',
  line_at   timestamptz,
  PRIMARY KEY (briefing, endpoint)
);
CREATE INDEX invitation_endpoint ON invitation (endpoint);

-- Who follows what, by node and socket, with a time to live: a dead node's rows expire by themselves.
CREATE UNLOGGED TABLE follower (
  socket     text NOT NULL,
  stream     text NOT NULL,
  node       text NOT NULL,
  person     text NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (socket, stream)
);
CREATE INDEX follower_stream ON follower (stream);

-- From when to when a site's line stood. Reconnects within the merging gap lengthen an interval.
CREATE TABLE presence_interval (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  briefing uuid NOT NULL REFERENCES briefing,
  endpoint uuid NOT NULL REFERENCES endpoint,
  source   text NOT NULL,
  from_at  timestamptz NOT NULL,
  to_at    timestamptz
);
CREATE UNIQUE INDEX presence_interval_open ON presence_interval (briefing, endpoint) WHERE to_at IS NULL;
CREATE INDEX presence_interval_site ON presence_interval (briefing, endpoint);

CREATE TABLE delegate (
  id       uuid PRIMARY KEY,
  briefing uuid NOT NULL,
  endpoint uuid NOT NULL,
  name     text NOT NULL,
  title    text NOT NULL DEFAULT '',
  from_at  timestamptz NOT NULL,
  to_at    timestamptz,
  FOREIGN KEY (briefing, endpoint) REFERENCES invitation ON DELETE CASCADE
);
CREATE INDEX delegate_site ON delegate (briefing, endpoint);

CREATE TABLE floor_request (
  id           uuid PRIMARY KEY,
  briefing     uuid NOT NULL REFERENCES briefing,
  endpoint     uuid NOT NULL REFERENCES endpoint,
  delegate     uuid REFERENCES delegate ON DELETE SET NULL,
  topic        text NOT NULL DEFAULT '',
  status       text NOT NULL,
  n            integer NOT NULL,                  -- the order that the server decided
  requested_at timestamptz NOT NULL,
  given_at     timestamptz,
  ended_at     timestamptz,
  spoken_ms    bigint NOT NULL DEFAULT 0,
  UNIQUE (briefing, n)
);
CREATE UNIQUE INDEX floor_holder ON floor_request (briefing) WHERE status = 'SPEAKING';
-- One open request per speaker: pressing twice is one raised hand.
CREATE UNIQUE INDEX floor_waiting ON floor_request (briefing, endpoint, coalesce(delegate, '00000000-0000-0000-0000-000000000000'::uuid)) WHERE status IN ('WAITING', 'SPEAKING');

CREATE TABLE attendance_record (
  briefing  uuid PRIMARY KEY REFERENCES briefing,
  frozen_at timestamptz NOT NULL,
  body      text NOT NULL,                        -- canonical JSON: these very bytes are hashed
  hash      bytea NOT NULL
);
CREATE TABLE attendance_addendum (
  briefing uuid NOT NULL REFERENCES attendance_record,
  n        integer NOT NULL,
  at       timestamptz NOT NULL,
  person   uuid NOT NULL REFERENCES person,
  text     text NOT NULL,
  hash     bytea NOT NULL,
  PRIMARY KEY (briefing, n)
);
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON attendance_record FOR EACH ROW EXECUTE FUNCTION never();
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON attendance_addendum FOR EACH ROW EXECUTE FUNCTION never();
