-- Money is in minor units, times in milliseconds since 1970, days in days since 0001-01-01, all UTC.

CREATE TABLE customers (
    name {text} NOT NULL PRIMARY KEY,
    full_name {text} NOT NULL,
    is_officer BIGINT NOT NULL,
    password {text} NOT NULL,
    totp_secret {text} NOT NULL,
    -- A code is good once: only for a later step than this.
    totp_step BIGINT NOT NULL
);

-- Kinds: 0 a customer's, 1 the bank's own, which has no floor and balances the ledger.
CREATE TABLE accounts (
    number {text} NOT NULL PRIMARY KEY CHECK (length(number) = 12),
    name {text} NOT NULL,
    owner {text} NOT NULL,
    kind BIGINT NOT NULL,
    balance BIGINT NOT NULL,
    overdraft BIGINT NOT NULL CHECK (overdraft >= 0),
    entries BIGINT NOT NULL,
    daily_limit BIGINT NOT NULL CHECK (daily_limit >= 0),
    spent BIGINT NOT NULL,
    spent_day BIGINT NOT NULL,
    is_frozen BIGINT NOT NULL,
    CHECK (kind = 1 OR balance >= -overdraft)
);

CREATE TABLE holders (
    account {text} NOT NULL REFERENCES accounts (number),
    customer {text} NOT NULL REFERENCES customers (name),
    PRIMARY KEY (account, customer)
);
CREATE INDEX holders_customer ON holders (customer);

-- Each account's side of each transfer. Nothing here is ever changed or deleted: 0002 sees to it.
CREATE TABLE entries (
    account {text} NOT NULL REFERENCES accounts (number),
    number BIGINT NOT NULL CHECK (number > 0),
    transfer {text} NOT NULL {references transfers},
    side BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    balance BIGINT NOT NULL,
    time BIGINT NOT NULL,
    other {text} NOT NULL,
    other_name {text} NOT NULL,
    -- Reference, other name and other account in small letters: both databases look into it in the same way.
    search {text} NOT NULL,
    PRIMARY KEY (account, number),
    UNIQUE (transfer, side),
    UNIQUE (transfer, account, amount),
    CHECK ((side = 0 AND amount < 0) OR (side = 1 AND amount > 0))
);
CREATE INDEX entries_time ON entries (account, time);

-- Double entry, held by the database: no transfer is committed without exactly one entry that takes the amount from
-- the payer and one that gives it to the payee. There is no third, because each side is there once.
CREATE TABLE transfers (
    id {text} NOT NULL PRIMARY KEY,
    time BIGINT NOT NULL,
    payer {text} NOT NULL,
    payee {text} NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    debit BIGINT NOT NULL,
    reference {text} NOT NULL,
    category {text} NOT NULL,
    customer {text} NOT NULL,
    CHECK (debit = -amount),
    CHECK (payer <> payee),
    FOREIGN KEY (id, payer, debit) REFERENCES entries (transfer, account, amount) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (id, payee, amount) REFERENCES entries (transfer, account, amount) DEFERRABLE INITIALLY DEFERRED
);

-- What was answered to a request that moves money, written in the transaction that moved it.
CREATE TABLE answers (
    customer {text} NOT NULL,
    idempotency_key {text} NOT NULL,
    fingerprint {text} NOT NULL,
    answer {text} NOT NULL,
    PRIMARY KEY (customer, idempotency_key)
);

-- States: waiting, approved, refused. A waiting one that is too old counts as expired.
CREATE TABLE approvals (
    id {text} NOT NULL PRIMARY KEY,
    payer {text} NOT NULL REFERENCES accounts (number),
    payee {text} NOT NULL REFERENCES accounts (number),
    amount BIGINT NOT NULL,
    reference {text} NOT NULL,
    category {text} NOT NULL,
    customer {text} NOT NULL REFERENCES customers (name),
    asked BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    state {text} NOT NULL,
    decided_by {text} NOT NULL,
    answer {text} NOT NULL
);
CREATE INDEX approvals_asked ON approvals (asked);

-- next_due is 0 for one that has ended, last_day 0 for one without a last day.
CREATE TABLE standing_orders (
    id {text} NOT NULL PRIMARY KEY,
    payer {text} NOT NULL REFERENCES accounts (number),
    payee {text} NOT NULL REFERENCES accounts (number),
    amount BIGINT NOT NULL,
    reference {text} NOT NULL,
    category {text} NOT NULL,
    customer {text} NOT NULL REFERENCES customers (name),
    created BIGINT NOT NULL,
    repeat {text} NOT NULL,
    first_day BIGINT NOT NULL,
    last_day BIGINT NOT NULL,
    next_due BIGINT NOT NULL
);
CREATE INDEX standing_orders_due ON standing_orders (next_due);

-- Tokens and challenges are kept as hashes: who reads this table signs in with nothing of it.
CREATE TABLE tokens (
    hash {text} NOT NULL PRIMARY KEY,
    customer {text} NOT NULL REFERENCES customers (name),
    used BIGINT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX tokens_customer ON tokens (customer);

CREATE TABLE challenges (
    hash {text} NOT NULL PRIMARY KEY,
    customer {text} NOT NULL REFERENCES customers (name),
    expires BIGINT NOT NULL
);

CREATE TABLE lockouts (
    slot {text} NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    until BIGINT NOT NULL
);

CREATE TABLE audit (
    number {counted},
    time BIGINT NOT NULL,
    who {text} NOT NULL,
    action {text} NOT NULL,
    subject {text} NOT NULL,
    details {text} NOT NULL
);
CREATE INDEX audit_who ON audit (who, number);
