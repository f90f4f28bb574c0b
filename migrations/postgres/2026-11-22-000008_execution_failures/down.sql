DROP INDEX executions_queued_by_user;
DROP INDEX executions_failed;
DROP TABLE execution_failures;
