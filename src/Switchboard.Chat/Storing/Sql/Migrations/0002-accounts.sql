CREATE TABLE chat_accounts (
    name {text} NOT NULL PRIMARY KEY,
    shown TEXT NOT NULL,
    password TEXT,
    certificate {text},
    created BIGINT NOT NULL,
    last_seen BIGINT
);

CREATE INDEX chat_accounts_of_certificates ON chat_accounts (certificate);
