CREATE TABLE chat_outboxes (
    server {text} NOT NULL PRIMARY KEY,
    outbox TEXT NOT NULL,
    last BIGINT NOT NULL
);

-- What the other servers have yet to be given, by the ids of messages that are kept anyway.
CREATE TABLE chat_outgoing (
    server {text} NOT NULL,
    number BIGINT NOT NULL,
    id {text} NOT NULL,
    PRIMARY KEY (server, number)
);

-- How far a server has heard each of the others.
CREATE TABLE chat_heard (
    server {text} NOT NULL,
    name {text} NOT NULL,
    outbox TEXT NOT NULL,
    last BIGINT NOT NULL,
    time BIGINT NOT NULL,
    PRIMARY KEY (server, name)
);

CREATE INDEX chat_talks_by_age ON chat_talks (newest);
