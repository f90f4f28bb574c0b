DROP TABLE jobs;
DROP TABLE execution_results;
DROP TABLE executions;
