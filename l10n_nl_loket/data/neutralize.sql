-- A copy of a database must not speak to Loket in the name of the original.
DELETE FROM loket_token;
UPDATE loket_connection
   SET client_secret = NULL, state = 'draft';
