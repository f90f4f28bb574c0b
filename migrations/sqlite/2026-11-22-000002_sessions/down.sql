DROP TABLE session_tokens;
DROP TABLE sessions;
