#!/bin/bash
# Run once by PostgreSQL's image, when it has made an empty database: the account of the nodes, with what the first
# migration needs and no more.
set -euo pipefail
psql --username=postgres --set=ON_ERROR_STOP=1 --set=password="$GIAOBAN_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE giaoban LOGIN CREATEROLE PASSWORD :'password';
CREATE DATABASE giaoban OWNER giaoban ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT, TEMPORARY ON DATABASE giaoban FROM PUBLIC;
SQL
