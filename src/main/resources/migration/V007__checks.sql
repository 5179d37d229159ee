-- A site's technical check for a briefing: what its browser measured, and what that was judged to be.
CREATE TABLE technical_check (
  id          uuid PRIMARY KEY,
  briefing    uuid NOT NULL REFERENCES briefing ON DELETE CASCADE,
  endpoint    uuid NOT NULL REFERENCES endpoint,
  measured_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,               -- later where the network was away meanwhile
  person      uuid NOT NULL REFERENCES person,
  technician  text NOT NULL,                      -- who signed, by name
  note        text NOT NULL DEFAULT '',
  browser     text NOT NULL,                      -- JSON
  steps       text NOT NULL,                      -- JSON: every figure with its unit in its name
  grade       text NOT NULL CHECK (grade IN ('GOOD', 'USABLE', 'INCOMPLETE', 'BAD')),
  findings    text NOT NULL,                      -- JSON: the causes, the foremost first
  counts      boolean NOT NULL DEFAULT true       -- false: of an invitation that was taken back
);
CREATE INDEX technical_check_site ON technical_check (briefing, endpoint, measured_at DESC);
CREATE INDEX technical_check_endpoint ON technical_check (endpoint, measured_at DESC);

-- A round of check calls before a briefing: the hub's technicians call every site in waves.
CREATE TABLE check_round (
  briefing    uuid NOT NULL REFERENCES briefing ON DELETE CASCADE,
  kind        text NOT NULL CHECK (kind IN ('TRIAL', 'FINAL')),
  minutes     integer NOT NULL CHECK (minutes > 0),  -- for one site
  technicians text NOT NULL,                         -- JSON
  hours       text NOT NULL,                         -- JSON: from when to when they work
  version     integer NOT NULL DEFAULT 1,
  PRIMARY KEY (briefing, kind)
);
CREATE TABLE check_call (
  id         uuid PRIMARY KEY,
  briefing   uuid NOT NULL,
  kind       text NOT NULL,
  endpoint   uuid NOT NULL REFERENCES endpoint,
  technician text NOT NULL,
  turn       integer NOT NULL,                       -- 2: called again, since its last check was bad
  during     tstzrange NOT NULL,
  state      text NOT NULL CHECK (state IN ('PLANNED', 'DONE', 'NO_ANSWER')),
  ended_at   timestamptz,
  FOREIGN KEY (briefing, kind) REFERENCES check_round ON DELETE CASCADE,
  -- Nobody is in two places, whatever two organizers move at once.
  CONSTRAINT one_call_at_a_time EXCLUDE USING gist (briefing WITH =, technician WITH =, during WITH &&)
);
CREATE INDEX check_call_site ON check_call (endpoint, briefing);
