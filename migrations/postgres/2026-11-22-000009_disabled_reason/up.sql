-- Why an administrator shut an account out, for the administrators.
ALTER TABLE users ADD COLUMN disabled_reason TEXT;
