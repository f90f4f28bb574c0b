ALTER TABLE workers DROP COLUMN confinement;
