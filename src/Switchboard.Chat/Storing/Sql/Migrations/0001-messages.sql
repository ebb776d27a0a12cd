CREATE TABLE chat_messages (
    id {text} NOT NULL PRIMARY KEY,
    time BIGINT NOT NULL,
    talk {text} NOT NULL,
    source TEXT NOT NULL,
    account TEXT,
    command TEXT NOT NULL,
    target TEXT NOT NULL,
    text TEXT NOT NULL,
    tags TEXT NOT NULL
);

-- A stretch of one talk is a stretch of this index, in the order in which it is read.
CREATE INDEX chat_messages_in_talks ON chat_messages (talk, time, id);

-- What is old enough to be forgotten stands at its beginning.
CREATE INDEX chat_messages_by_age ON chat_messages (time);

-- Who takes part in a talk, and when it was last heard of: a room by its own name, a private talk by its accounts'.
CREATE TABLE chat_talks (
    member {text} NOT NULL,
    talk {text} NOT NULL,
    newest BIGINT NOT NULL,
    PRIMARY KEY (member, talk)
);
