CREATE TABLE organisation (
  id      uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  code    text NOT NULL UNIQUE,
  name    text NOT NULL,
  name_en text,
  kind    text NOT NULL CHECK (kind IN ('MINISTRY', 'DEPARTMENT', 'OUTLET'))
);

CREATE TABLE endpoint (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  code          text NOT NULL UNIQUE,
  name          text NOT NULL,
  name_en       text,
  kind          text NOT NULL CHECK (kind IN ('CENTRE', 'REPRESENTATIVE', 'DEPARTMENT', 'UNIT')),
  organisation  uuid NOT NULL REFERENCES organisation,
  province_system text,
  province_code text,
  sort          integer NOT NULL DEFAULT 0,      -- protocol order
  search        text NOT NULL DEFAULT ''
);
CREATE INDEX endpoint_search ON endpoint USING gin (search gin_trgm_ops);

CREATE TABLE video_room (
  id   uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL UNIQUE
);

CREATE TABLE person (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  username      text NOT NULL UNIQUE,
  name          text NOT NULL,
  title         text NOT NULL DEFAULT '',
  password      text NOT NULL,                   -- Argon2id, PHC string
  disabled      boolean NOT NULL DEFAULT false,
  version       integer NOT NULL DEFAULT 1,
  search        text NOT NULL DEFAULT ''
);
CREATE INDEX person_search ON person USING gin (search gin_trgm_ops);

CREATE TABLE membership (
  person       uuid NOT NULL REFERENCES person,
  role         text NOT NULL CHECK (role IN ('ADMINISTRATOR', 'ORGANIZER', 'CHAIR', 'SPOKESPERSON', 'SITE_OPERATOR', 'JOURNALIST', 'VIEWER')),
  organisation uuid NOT NULL REFERENCES organisation,
  endpoint     uuid REFERENCES endpoint,
  CHECK ((role = 'SITE_OPERATOR') = (endpoint IS NOT NULL)),
  UNIQUE NULLS NOT DISTINCT (person, role, organisation, endpoint)
);

-- One row for a browser's cookie and for a program's token alike. Ending the row ends both.
CREATE TABLE session (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  person     uuid NOT NULL REFERENCES person,
  kind       text NOT NULL CHECK (kind IN ('BROWSER', 'PROGRAM')),
  secret     bytea UNIQUE,                        -- SHA-256 of the cookie; a program has none
  created_at timestamptz NOT NULL DEFAULT now(),
  seen_at    timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  ended_at   timestamptz,
  agent      text NOT NULL DEFAULT ''
);
CREATE INDEX session_person ON session (person) WHERE ended_at IS NULL;

CREATE TABLE sign_in_attempt (
  who text NOT NULL,                              -- account or address
  at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sign_in_attempt_who ON sign_in_attempt (who, at);

-- Keys made at first start (token signing). Private: `read` has no grant.
CREATE TABLE key_pair (
  id         text PRIMARY KEY,
  purpose    text NOT NULL,
  private_pem text NOT NULL,
  public_pem text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
