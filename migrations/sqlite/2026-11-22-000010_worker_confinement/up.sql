-- What the worker's compute children are kept from, as JSON; null until its first child has told.
ALTER TABLE workers ADD COLUMN confinement TEXT;
