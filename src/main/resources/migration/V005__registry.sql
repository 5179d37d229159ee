-- The registry of endpoints: what is known of each place, and what it was called when.
-- A code may come back with another meaning (seven did on 2025-07-01): it is one endpoint's at a time, not for ever.
ALTER TABLE endpoint
  DROP CONSTRAINT endpoint_code_key,
  DROP CONSTRAINT endpoint_kind_check,
  ADD CONSTRAINT endpoint_kind_check
    CHECK (kind IN ('CENTRE', 'REPRESENTATIVE', 'DEPARTMENT', 'HOSPITAL', 'STATION', 'UNIT')),
  ADD parent         uuid REFERENCES endpoint,
  ADD valid_from     date NOT NULL DEFAULT '2000-01-01',
  ADD valid_to       date,                        -- last day; null: until further notice
  ADD successor      uuid REFERENCES endpoint,    -- what took its place
  ADD connection     text NOT NULL DEFAULT 'BROWSER' CHECK (connection IN ('BROWSER', 'SIP', 'H323', 'PHONE')),
  ADD room           text NOT NULL DEFAULT '',
  ADD capacity       integer NOT NULL DEFAULT 0,
  ADD equipment      text[] NOT NULL DEFAULT '{}',
  ADD equipment_note text NOT NULL DEFAULT '',
  ADD sip            text NOT NULL DEFAULT '',
  ADD h323_alias     text NOT NULL DEFAULT '',
  ADD h323_gateway   text NOT NULL DEFAULT '',
  ADD dial_phone     text NOT NULL DEFAULT '',
  ADD provider       text NOT NULL DEFAULT '',
  ADD mbps           integer NOT NULL DEFAULT 0,
  ADD second_route   text NOT NULL DEFAULT '',
  ADD fallback_phone text NOT NULL DEFAULT '',
  ADD duty_name      text NOT NULL DEFAULT '',
  ADD duty_phone     text NOT NULL DEFAULT '',
  ADD contacts       text NOT NULL DEFAULT '[]',  -- JSON: name, phone, e-mail, role, hours
  ADD named_here     boolean NOT NULL DEFAULT false, -- renamed, merged or ended here: what ships with the program leaves it alone
  ADD version        integer NOT NULL DEFAULT 1;
CREATE UNIQUE INDEX endpoint_code ON endpoint (code) WHERE valid_to IS NULL;
CREATE INDEX endpoint_parent ON endpoint (parent);

-- What of an endpoint has a time axis. A briefing shows the names of its own hour.
CREATE TABLE endpoint_period (
  endpoint        uuid NOT NULL REFERENCES endpoint ON DELETE CASCADE,
  valid_from      date NOT NULL,
  valid_to        date CHECK (valid_to >= valid_from),
  code            text NOT NULL,
  name            text NOT NULL,
  name_en         text NOT NULL DEFAULT '',
  kind            text NOT NULL,
  organisation    uuid NOT NULL REFERENCES organisation,
  parent          uuid REFERENCES endpoint,
  province_system text,
  province_code   text,
  act             text NOT NULL DEFAULT '',       -- the legal act it began by
  PRIMARY KEY (endpoint, valid_from),
  -- Checked at the end of a statement: one period is cut and the next begun in one go.
  CONSTRAINT endpoint_period_once EXCLUDE USING gist
    (endpoint WITH =, daterange(valid_from, valid_to, '[]') WITH &&) DEFERRABLE,
  CONSTRAINT endpoint_code_once EXCLUDE USING gist
    (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&) DEFERRABLE
);
CREATE INDEX endpoint_period_province ON endpoint_period (province_system, province_code);
INSERT INTO endpoint_period
  (endpoint, valid_from, code, name, name_en, kind, organisation, province_system, province_code)
  SELECT id, valid_from, code, name, coalesce(name_en, ''), kind, organisation, province_system, province_code
  FROM endpoint;

CREATE TABLE endpoint_maintenance (
  id       uuid PRIMARY KEY,
  endpoint uuid NOT NULL REFERENCES endpoint ON DELETE CASCADE,
  from_at  timestamptz NOT NULL,
  to_at    timestamptz NOT NULL CHECK (to_at > from_at),
  reason   text NOT NULL
);
CREATE INDEX endpoint_maintenance_endpoint ON endpoint_maintenance (endpoint, to_at);

-- A province that was changed here, not by what ships with the program: that leaves it alone from then on.
ALTER TABLE province ADD changed_here boolean NOT NULL DEFAULT false, ADD ended_by text NOT NULL DEFAULT '';
