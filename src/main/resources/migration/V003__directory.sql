-- Provinces on one time axis. Seven codes changed their meaning on 2025-07-01: the key is system and code.
CREATE TABLE province (
  code_system text NOT NULL CHECK (code_system IN ('gso-63', 'gso-34')),
  code        text NOT NULL,
  name        text NOT NULL,
  full_name   text NOT NULL,
  name_en     text NOT NULL,
  slug        text NOT NULL,
  type        text NOT NULL,
  region      text NOT NULL,
  health_department    text NOT NULL,
  health_department_en text NOT NULL,
  valid_from  date NOT NULL,
  valid_to    date,
  successor   text,                               -- code in gso-34
  search      text NOT NULL,
  PRIMARY KEY (code_system, code)
);

-- The name in use changes inside a code's life (a province becomes a city).
CREATE TABLE province_type (
  code_system text NOT NULL,
  code        text NOT NULL,
  valid_from  date NOT NULL,
  type        text NOT NULL,
  full_name   text NOT NULL,
  basis       text NOT NULL DEFAULT '',
  PRIMARY KEY (code_system, code, valid_from),
  FOREIGN KEY (code_system, code) REFERENCES province
);

CREATE TABLE ministry_unit (
  key          text PRIMARY KEY,
  name         text NOT NULL,
  name_en      text NOT NULL,
  abbreviation text NOT NULL,
  level        text NOT NULL,
  status       text NOT NULL,
  ended_on     text NOT NULL DEFAULT '',
  successor    text NOT NULL DEFAULT '',
  search       text NOT NULL
);

CREATE TABLE holiday (
  date date NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  PRIMARY KEY (date, name)
);
GRANT SELECT ON province, province_type, ministry_unit, holiday TO giaoban_read;
