BEGIN TRANSACTION;
CREATE TABLE attachments (
	id VARCHAR(64) NOT NULL, 
	owner VARCHAR(200) NOT NULL, 
	path TEXT NOT NULL, 
	name TEXT NOT NULL, 
	media_type VARCHAR(200) NOT NULL, 
	size BIGINT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	created DATETIME NOT NULL, 
	width INTEGER, 
	height INTEGER, 
	draft VARCHAR(64), 
	record VARCHAR(64), 
	removed DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(record) REFERENCES records (id)
);
INSERT INTO "attachments" VALUES('a1','me','rows.r1.proof','../图.jpg','image/jpeg',1099511627776,'0000000000000000000000000000000000000000000000000000000000000000','2026-03-01 08:00:00.123456',10,20,'d1',NULL,NULL);
CREATE TABLE audit_entries (
	id VARCHAR(64) NOT NULL, 
	at DATETIME NOT NULL, 
	actor VARCHAR(200) NOT NULL, 
	action VARCHAR(200) NOT NULL, 
	subject VARCHAR(200) NOT NULL, 
	details JSON NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "audit_entries" VALUES('e1','2026-03-01 08:00:00.123456','me','submitted','r1','{"revision":1}');
CREATE TABLE drafts (
	id VARCHAR(64) NOT NULL, 
	form VARCHAR(200) NOT NULL, 
	edition VARCHAR(200) NOT NULL, 
	edition_hash VARCHAR(200) NOT NULL, 
	owner VARCHAR(200) NOT NULL, 
	created DATETIME NOT NULL, 
	updated DATETIME NOT NULL, 
	purpose VARCHAR(10) NOT NULL, 
	record VARCHAR(64), 
	answers JSON NOT NULL, 
	version INTEGER NOT NULL, 
	step VARCHAR(200), 
	submitted_record VARCHAR(64), 
	PRIMARY KEY (id), 
	FOREIGN KEY(submitted_record) REFERENCES records (id)
);
INSERT INTO "drafts" VALUES('d1','sample','2026','hash','me','2026-03-01 08:00:00.123456','2026-03-01 08:00:00.123456','new',NULL,'{"\u6587\u672c":"\ud842\udfb7\u91ce\u5bb6 \u00e9 '' \" \\ \u2028 \u0000 \ud800","number":9007199254740991,"yes":true,"blank":null,"rows":[{"_id":"r1","amount":"12.50","empty":[],"nothing":{}}]}',1,'only','r1');
CREATE TABLE records (
	id VARCHAR(64) NOT NULL, 
	form VARCHAR(200) NOT NULL, 
	owner VARCHAR(200) NOT NULL, 
	number VARCHAR(40) NOT NULL, 
	"values" JSON NOT NULL, 
	edition VARCHAR(200) NOT NULL, 
	edition_hash VARCHAR(200) NOT NULL, 
	submitted DATETIME NOT NULL, 
	updated DATETIME NOT NULL, 
	revision INTEGER NOT NULL, 
	state VARCHAR(200), 
	PRIMARY KEY (id), 
	UNIQUE (number)
);
INSERT INTO "records" VALUES('r1','sample','me','20260301-AAAA-BBBB','{"\u6587\u672c":"\ud842\udfb7\u91ce\u5bb6 \u00e9 '' \" \\ \u2028 \u0000 \ud800","number":9007199254740991,"yes":true,"blank":null,"rows":[{"_id":"r1","amount":"12.50","empty":[],"nothing":{}}]}','2026','hash','2026-03-01 08:00:00.123456','2026-03-01 08:00:00.123456',1,'pending');
CREATE TABLE revisions (
	record VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	edition VARCHAR(200) NOT NULL, 
	edition_hash VARCHAR(200) NOT NULL, 
	"values" JSON NOT NULL, 
	actor VARCHAR(200) NOT NULL, 
	at DATETIME NOT NULL, 
	draft VARCHAR(64) NOT NULL, 
	token VARCHAR(200) NOT NULL, 
	changes JSON NOT NULL, 
	reason TEXT, 
	PRIMARY KEY (record, number), 
	CONSTRAINT one_revision_a_draft UNIQUE (draft), 
	FOREIGN KEY(record) REFERENCES records (id)
);
INSERT INTO "revisions" VALUES('r1',1,'2026','hash','{"\u6587\u672c":"\ud842\udfb7\u91ce\u5bb6 \u00e9 '' \" \\ \u2028 \u0000 \ud800","number":9007199254740991,"yes":true,"blank":null,"rows":[{"_id":"r1","amount":"12.50","empty":[],"nothing":{}}]}','me','2026-03-01 08:00:00.123456','d1','token','[["a",null,[1]],["b",{"x":1},null]]','why');
CREATE TABLE schema_version (
	version INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "schema_version" VALUES(1);
CREATE INDEX records_by_owner ON records (owner, form);
CREATE INDEX audit_entries_by_subject ON audit_entries (subject, at);
CREATE INDEX drafts_by_owner ON drafts (owner, form);
CREATE INDEX attachments_by_owner ON attachments (owner);
CREATE INDEX attachments_by_age ON attachments (created);
COMMIT;
