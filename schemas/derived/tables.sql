-- us-kurdish-talks-2026: United States and Kurdish groups: talks and the reported offensive in western Iran, March 2026
--
-- Written by `eventpack build` from the schemas. SQLite and PostgreSQL take it as it is.
--
-- A missing value is NULL: empty cells of the CSV files must become NULL when they are loaded. Keys between tables are
-- checked when a transaction ends; SQLite checks them after PRAGMA foreign_keys = ON.
--
-- Constraints whose names end in _form say to SQLite, whose columns take any text, what PostgreSQL knows from the type.
-- SQLite has no booleans: there, true and false are text. Nor has it a calendar: it takes 2026-02-30. PostgreSQL
-- compares the form of days in its usual DateStyle, ISO.
--
-- What is left to `eventpack validate`: what an event dataset must keep, white space at the ends of a text, text that a
-- spreadsheet would run, and all that is marked `not checked` below.

-- Sources
-- One row per document that was read, and per report that a document quotes without our having read it (kind unseen).
-- The texts themselves are never part of the dataset.
CREATE TABLE "sources" (
  -- Source id: Permanent id of the source, never reused. New ones are random: SRC- and six characters.
  -- not checked: of the form ^[A-Z]{2,4}-[0-9a-z]{4,12}$
  "source_id" TEXT NOT NULL,
  -- Title: The title as published. A title that we had to supply, because the document has none or we do not know it,
  -- stands in square brackets.
  "title" TEXT NOT NULL,
  -- Publisher: Who published the document. Empty when our copy does not say; it is not guessed.
  "publisher" TEXT,
  -- Kind of source: What sort of document it is.
  "kind" TEXT NOT NULL,
  -- Published, earliest: First day on which the document can have been published; the same as published_latest when the
  -- day is known. An empty bound is open.
  "published_earliest" DATE,
  -- Published, latest: Last day on which the document can have been published; the same as published_earliest when the
  -- day is known. An empty bound is open.
  "published_latest" DATE,
  -- Accessed: Day on which we read or fetched the document. Empty when it was not recorded, and for an unseen report.
  "accessed" DATE,
  -- Address: Web address at which the document was published. Empty when there is none or we do not know it; never
  -- guessed.
  -- not checked: must be a web address with its scheme, like https://example.org/report
  "url" TEXT,
  -- Archived copy: Web address of a copy in a public web archive. Empty when there is none.
  -- not checked: must be a web address with its scheme, like https://example.org/report
  "archive_url" TEXT,
  -- State of the page: What became of the published page when it was last looked at. Empty when there is no address or
  -- nobody looked.
  "state" TEXT,
  -- Language: Language of the document as a simple BCP 47 tag: language, then script and region if needed. Empty for an
  -- unseen report whose language is not known.
  -- not checked: of the form ^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$
  "language" TEXT,
  -- Digest of the text file: SHA-256 of the bytes of the text file that was coded, in lower-case hexadecimal. It lets
  -- anyone recognise the same file. Empty when no text file is held.
  -- not checked: of the form ^[0-9a-f]{64}$
  "text_sha256" TEXT,
  -- Length of the text: Number of Unicode code points of the decoded text file. Empty when no text file is held. Unit:
  -- code points.
  "text_chars" BIGINT,
  -- Licence of the text: Under which terms the document itself is published, as an SPDX id or in words. Empty when not
  -- known; then treat it as all rights reserved.
  "text_licence" TEXT,
  -- Note: Anything a user of this source should know. Empty when there is nothing to say.
  "note" TEXT,
  CONSTRAINT "sources_key" PRIMARY KEY ("source_id"),
  CONSTRAINT "sources_source_id_form" CHECK ("source_id" <> ''),
  CONSTRAINT "sources_title_form" CHECK ("title" <> ''),
  CONSTRAINT "sources_publisher_form" CHECK ("publisher" <> ''),
  CONSTRAINT "sources_kind_enum" CHECK ("kind" IN ('news-report', 'wire', 'statement', 'interview', 'social-post', 'report', 'book', 'archive', 'dataset', 'unseen')),
  CONSTRAINT "sources_published_earliest_form" CHECK (CAST("published_earliest" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("published_earliest" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "sources_published_latest_form" CHECK (CAST("published_latest" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("published_latest" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "sources_accessed_form" CHECK (CAST("accessed" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("accessed" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "sources_url_form" CHECK ("url" <> ''),
  CONSTRAINT "sources_archive_url_form" CHECK ("archive_url" <> ''),
  CONSTRAINT "sources_state_enum" CHECK ("state" IN ('live', 'changed', 'deleted', 'unknown')),
  CONSTRAINT "sources_language_form" CHECK ("language" <> ''),
  CONSTRAINT "sources_text_sha256_form" CHECK ("text_sha256" <> ''),
  CONSTRAINT "sources_text_chars_form" CHECK (CAST("text_chars" AS BIGINT) = "text_chars"),
  CONSTRAINT "sources_text_chars_minimum" CHECK ("text_chars" >= 1),
  CONSTRAINT "sources_text_licence_form" CHECK ("text_licence" <> ''),
  CONSTRAINT "sources_note_form" CHECK ("note" <> ''),
  -- The earliest day of publication is not after the latest.
  CONSTRAINT "sources_rule_published-order" CHECK ("published_earliest" <= "published_latest"),
  -- A document is not read before it can have been published.
  CONSTRAINT "sources_rule_accessed-order" CHECK ("published_earliest" <= "accessed"),
  -- A text file that has a digest also has a length.
  CONSTRAINT "sources_rule_digest-length" CHECK ("text_sha256" IS NULL OR "text_chars" IS NOT NULL),
  -- A text file that has a length also has a digest.
  CONSTRAINT "sources_rule_length-digest" CHECK ("text_chars" IS NULL OR "text_sha256" IS NOT NULL)
);
-- not checked: A source names its publisher where we know it. (`publishers-known`: the share of rows with `publisher`
-- filled is at least 0.4, because the copies of the two texts do not name their publisher; the reports that they quote
-- have one)

-- Links between sources
-- Which source takes its content from which other one. Two sources that lean on the same report are not two independent
-- origins, and the counts of independent claims are computed from these links and from relayed claims.
CREATE TABLE "source_links" (
  -- Source: The source that takes over content.
  "source_id" TEXT NOT NULL,
  -- Derives from: The source from which the content comes. It may be an unseen one.
  "derives_from" TEXT NOT NULL,
  -- How: In which way the content is taken over.
  "how" TEXT NOT NULL,
  CONSTRAINT "source_links_key" PRIMARY KEY ("source_id", "derives_from", "how"),
  CONSTRAINT "source_links_source_id_in_sources" FOREIGN KEY ("source_id") REFERENCES "sources" ("source_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "source_links_derives_from_in_sources" FOREIGN KEY ("derives_from") REFERENCES "sources" ("source_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "source_links_source_id_form" CHECK ("source_id" <> ''),
  CONSTRAINT "source_links_derives_from_form" CHECK ("derives_from" <> ''),
  CONSTRAINT "source_links_how_enum" CHECK ("how" IN ('repeats', 'quotes', 'translates', 'summarises'))
);

-- Actors
-- Everyone who takes part in an event, speaks in a claim or relays one: states, bodies, groups, people in a public
-- role, and speakers who are described but not named.
CREATE TABLE "actors" (
  -- Actor id: Permanent id of the actor, never reused. New ones are random: ACT- and six characters.
  -- not checked: of the form ^[A-Z]{2,4}-[0-9a-z]{4,12}$
  "actor_id" TEXT NOT NULL,
  -- Name: The name under which the actor is shown, in English where one is in use. A description of our own for actors
  -- of kind unnamed and collective.
  "name" TEXT NOT NULL,
  -- Kind of actor: What sort of actor it is.
  "kind" TEXT NOT NULL,
  -- Country: ISO 3166-1 alpha-3 code of the state to which the actor belongs. Empty for actors of no single state, such
  -- as international bodies.
  -- not checked: of the form ^[A-Z]{3}$
  "country" TEXT,
  -- Sector: Role in society, as a PLOVER sector code (definitions in our words). PLOVER's markers for actors without a
  -- country (IGO, NGO and the like) are not sectors and are not used here. Empty when no sector fits, as for a state as
  -- a whole.
  "sector" TEXT,
  -- Parent actor: The larger actor to which this one belongs, or which it leads. Empty when there is none in the table.
  "parent_id" TEXT,
  -- Relation to the parent: How this actor relates to its parent. Filled exactly when parent_id is.
  "parent_how" TEXT,
  -- Wikidata item: Wikidata item of the same actor, Q and digits. Empty when there is none or the match is not certain.
  -- not checked: of the form ^Q[0-9]+$
  "wikidata" TEXT,
  -- Note: Anything needed to tell this actor from similar ones. Empty when there is nothing to say.
  "note" TEXT,
  CONSTRAINT "actors_key" PRIMARY KEY ("actor_id"),
  CONSTRAINT "actors_parent_id_in_actors" FOREIGN KEY ("parent_id") REFERENCES "actors" ("actor_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "actors_actor_id_form" CHECK ("actor_id" <> ''),
  CONSTRAINT "actors_name_form" CHECK ("name" <> ''),
  CONSTRAINT "actors_kind_enum" CHECK ("kind" IN ('state', 'government-body', 'armed-force', 'armed-group', 'party', 'office', 'person', 'organisation', 'media', 'population', 'collective', 'unnamed', 'system')),
  CONSTRAINT "actors_country_form" CHECK ("country" <> ''),
  CONSTRAINT "actors_sector_enum" CHECK ("sector" IN ('COP', 'GOV', 'JUD', 'LEG', 'MIL', 'PRM', 'PTY', 'REB', 'SPY', 'UAF', 'UNK', 'AGR', 'BUS', 'CRM', 'CVL', 'EDU', 'ELI', 'JRN', 'LAB', 'MED', 'REF', 'OPP', 'PRE', 'REL', 'SOC')),
  CONSTRAINT "actors_parent_id_form" CHECK ("parent_id" <> ''),
  CONSTRAINT "actors_parent_how_enum" CHECK ("parent_how" IN ('part-of', 'member-of', 'holds-office', 'commands')),
  CONSTRAINT "actors_wikidata_form" CHECK ("wikidata" <> ''),
  CONSTRAINT "actors_note_form" CHECK ("note" <> ''),
  -- A parent comes with the way in which the actor relates to it.
  CONSTRAINT "actors_rule_parent-how" CHECK ("parent_id" IS NULL OR "parent_how" IS NOT NULL),
  -- A relation to a parent names the parent.
  CONSTRAINT "actors_rule_how-parent" CHECK ("parent_how" IS NULL OR "parent_id" IS NOT NULL)
);

-- Names of actors
-- Other names of actors: what sources call them, abbreviations, spellings and former names. The name under which an
-- actor is shown stands in actors.
CREATE TABLE "actor_names" (
  -- Actor: The actor that bears the name.
  "actor_id" TEXT NOT NULL,
  -- Name: The other name, as it is written.
  "name" TEXT NOT NULL,
  -- Language: Language of the name as a simple BCP 47 tag, with the script where it is transliterated. Empty when the
  -- name belongs to no language in particular.
  -- not checked: of the form ^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$
  "language" TEXT,
  -- Kind of name: What sort of name it is. Empty when not classified.
  "kind" TEXT,
  CONSTRAINT "actor_names_key" PRIMARY KEY ("actor_id", "name"),
  CONSTRAINT "actor_names_actor_id_in_actors" FOREIGN KEY ("actor_id") REFERENCES "actors" ("actor_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "actor_names_actor_id_form" CHECK ("actor_id" <> ''),
  CONSTRAINT "actor_names_name_form" CHECK ("name" <> ''),
  CONSTRAINT "actor_names_language_form" CHECK ("language" <> ''),
  CONSTRAINT "actor_names_kind_enum" CHECK ("kind" IN ('alias', 'abbreviation', 'transliteration', 'former'))
);

-- Places
-- Every place of an event, from a building to a country, with a point and a radius that says how exact the point is.
CREATE TABLE "places" (
  -- Place id: Permanent id of the place, never reused. New ones are random: PLC- and six characters.
  -- not checked: of the form ^[A-Z]{2,4}-[0-9a-z]{4,12}$
  "place_id" TEXT NOT NULL,
  -- Name: The name under which the place is shown, in English where one is in use.
  "name" TEXT NOT NULL,
  -- Kind of place: What sort of place it is. The precision codes of GED and ACLED are computed from it.
  "kind" TEXT NOT NULL,
  -- Country: ISO 3166-1 alpha-3 code of the country in which the place lies. Empty for what lies in several countries
  -- or in none.
  -- not checked: of the form ^[A-Z]{3}$
  "country" TEXT,
  -- Lies in: The larger place in which this one lies. Empty when there is none in the table.
  "parent_id" TEXT,
  -- Latitude: Latitude of a point that stands for the place, north positive. Empty when there is no sensible point;
  -- then longitude is empty too. Unit: degrees (WGS 84).
  "latitude" NUMERIC,
  -- Longitude: Longitude of a point that stands for the place, east positive. Empty when there is no sensible point;
  -- then latitude is empty too. Unit: degrees (WGS 84).
  "longitude" NUMERIC,
  -- Radius: The true place lies within this distance of the point. 0 means exactly there. Empty when nobody estimated
  -- it. Unit: kilometres.
  "radius_km" NUMERIC,
  -- Wikidata item: Wikidata item of the same place, Q and digits. Empty when there is none or the match is not certain.
  -- not checked: of the form ^Q[0-9]+$
  "wikidata" TEXT,
  -- Note: How the point and the radius were chosen, and what else matters. Empty when there is nothing to say.
  "note" TEXT,
  CONSTRAINT "places_key" PRIMARY KEY ("place_id"),
  CONSTRAINT "places_parent_id_in_places" FOREIGN KEY ("parent_id") REFERENCES "places" ("place_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "places_place_id_form" CHECK ("place_id" <> ''),
  CONSTRAINT "places_name_form" CHECK ("name" <> ''),
  CONSTRAINT "places_kind_enum" CHECK ("kind" IN ('building', 'point', 'town', 'district', 'province', 'region', 'country', 'border', 'water', 'area', 'virtual')),
  CONSTRAINT "places_country_form" CHECK ("country" <> ''),
  CONSTRAINT "places_parent_id_form" CHECK ("parent_id" <> ''),
  CONSTRAINT "places_latitude_form" CHECK (CAST("latitude" AS NUMERIC) = "latitude"),
  CONSTRAINT "places_latitude_minimum" CHECK ("latitude" >= -90),
  CONSTRAINT "places_latitude_maximum" CHECK ("latitude" <= 90),
  CONSTRAINT "places_longitude_form" CHECK (CAST("longitude" AS NUMERIC) = "longitude"),
  CONSTRAINT "places_longitude_minimum" CHECK ("longitude" >= -180),
  CONSTRAINT "places_longitude_maximum" CHECK ("longitude" <= 180),
  CONSTRAINT "places_radius_km_form" CHECK (CAST("radius_km" AS NUMERIC) = "radius_km"),
  CONSTRAINT "places_radius_km_minimum" CHECK ("radius_km" >= 0),
  CONSTRAINT "places_wikidata_form" CHECK ("wikidata" <> ''),
  CONSTRAINT "places_note_form" CHECK ("note" <> ''),
  -- A latitude comes with a longitude.
  CONSTRAINT "places_rule_latitude-longitude" CHECK ("latitude" IS NULL OR "longitude" IS NOT NULL),
  -- A longitude comes with a latitude.
  CONSTRAINT "places_rule_longitude-latitude" CHECK ("longitude" IS NULL OR "latitude" IS NOT NULL),
  -- A radius has a point as its centre.
  CONSTRAINT "places_rule_radius-point" CHECK ("radius_km" IS NULL OR ("latitude" IS NOT NULL AND "longitude" IS NOT NULL))
);

-- Event types
-- The vocabulary of event types, as a tree. It starts from PLOVER's sixteen types and their modes, with a small branch
-- of its own; a dataset may replace it as a whole.
CREATE TABLE "event_types" (
  -- Code: The type as it is written in events: the type in capitals, a mode after a hyphen in small letters. Never
  -- reused for another meaning.
  -- not checked: of the form ^[A-Z]+(-[a-z0-9]+)*$
  "code" TEXT NOT NULL,
  -- Broader type: The more general type that contains this one. Empty for the top types.
  "broader" TEXT,
  -- Label: Short name for readers, different for each code.
  "label" TEXT NOT NULL,
  -- Definition: What counts as this type and what does not, in our own words.
  "definition" TEXT NOT NULL,
  -- Example: An invented sentence that this type fits. Empty when the definition says enough.
  "example" TEXT,
  -- Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. Empty for types
  -- that are none of these, such as standing conditions.
  "quad_class" BIGINT,
  -- Since: Version of the codebook in which the code was introduced.
  -- not checked: of the form ^[0-9]+(\.[0-9]+)*$
  "since" TEXT NOT NULL,
  -- Until: Last version of the codebook in which the code may be used. Empty while it is in use.
  -- not checked: of the form ^[0-9]+(\.[0-9]+)*$
  "until" TEXT,
  -- Replaced by: The code to use instead of a retired one. Empty while the code is in use, or when nothing takes its
  -- place.
  "replaced_by" TEXT,
  CONSTRAINT "event_types_key" PRIMARY KEY ("code"),
  CONSTRAINT "event_types_label_unique" UNIQUE ("label"),
  CONSTRAINT "event_types_broader_in_event_types" FOREIGN KEY ("broader") REFERENCES "event_types" ("code") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "event_types_replaced_by_in_event_types" FOREIGN KEY ("replaced_by") REFERENCES "event_types" ("code") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "event_types_code_form" CHECK ("code" <> ''),
  CONSTRAINT "event_types_broader_form" CHECK ("broader" <> ''),
  CONSTRAINT "event_types_label_form" CHECK ("label" <> ''),
  CONSTRAINT "event_types_definition_form" CHECK ("definition" <> ''),
  CONSTRAINT "event_types_example_form" CHECK ("example" <> ''),
  CONSTRAINT "event_types_quad_class_form" CHECK (CAST("quad_class" AS BIGINT) = "quad_class"),
  CONSTRAINT "event_types_quad_class_minimum" CHECK ("quad_class" >= 1),
  CONSTRAINT "event_types_quad_class_maximum" CHECK ("quad_class" <= 4),
  CONSTRAINT "event_types_since_form" CHECK ("since" <> ''),
  CONSTRAINT "event_types_until_form" CHECK ("until" <> ''),
  CONSTRAINT "event_types_replaced_by_form" CHECK ("replaced_by" <> ''),
  -- A code that is replaced says with which codebook version its use ended.
  CONSTRAINT "event_types_rule_replaced-until" CHECK ("replaced_by" IS NULL OR "until" IS NOT NULL)
);

-- Equivalents of event types
-- What an event type is called in other coding schemes. What holds for a type also holds for its narrower types, unless
-- these have rows of the same scheme themselves.
CREATE TABLE "type_equivalents" (
  -- Code: The event type of this dataset.
  "code" TEXT NOT NULL,
  -- Scheme: The other coding scheme.
  "scheme" TEXT NOT NULL,
  -- Value: The code or name in the other scheme, exactly as that scheme writes it. Always text.
  "value" TEXT NOT NULL,
  -- Relation: How the value relates to our code.
  "relation" TEXT NOT NULL,
  -- Condition: In words, when the value applies; ACLED and GED types depend on who acts and who is harmed. Empty when
  -- it always does.
  "condition" TEXT,
  CONSTRAINT "type_equivalents_key" PRIMARY KEY ("code", "scheme", "value"),
  CONSTRAINT "type_equivalents_code_in_event_types" FOREIGN KEY ("code") REFERENCES "event_types" ("code") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "type_equivalents_code_form" CHECK ("code" <> ''),
  CONSTRAINT "type_equivalents_scheme_enum" CHECK ("scheme" IN ('plover-type', 'plover-mode', 'cameo', 'acled-event-type', 'acled-sub-event-type', 'ged-type')),
  CONSTRAINT "type_equivalents_value_form" CHECK ("value" <> ''),
  CONSTRAINT "type_equivalents_relation_enum" CHECK ("relation" IN ('exact', 'broad', 'narrow', 'close')),
  CONSTRAINT "type_equivalents_condition_form" CHECK ("condition" <> ''),
  -- A close equivalent says when it applies.
  CONSTRAINT "type_equivalents_rule_close-condition" CHECK ("relation" IS NULL OR "relation" <> 'close' OR "condition" IS NOT NULL)
);

-- Measures
-- What the numbers in claims count or measure. The definition fixes the sign and the scope, so that numbers of
-- different sources can be compared.
CREATE TABLE "measures" (
  -- Code: Short readable code in small letters, with hyphens.
  "code" TEXT NOT NULL,
  -- Label: Short name for readers, different for each measure.
  "label" TEXT NOT NULL,
  -- Kind: What sort of number it is.
  "kind" TEXT NOT NULL,
  -- Unit: What one stands for: persons, ships, percent, kilometres, US dollars.
  "unit" TEXT NOT NULL,
  -- Definition: What is counted and what is not, and which direction is positive: under a measure that is called a
  -- decrease, a decrease is a positive number.
  "definition" TEXT NOT NULL,
  -- Base: For a percentage: of what, and since when. Empty for other kinds.
  "base" TEXT,
  -- Default rule: Which rule gives the estimate to show when only one is shown. Empty when none is preferred; then no
  -- row is marked as chosen.
  "default_rule" TEXT,
  CONSTRAINT "measures_key" PRIMARY KEY ("code"),
  CONSTRAINT "measures_label_unique" UNIQUE ("label"),
  CONSTRAINT "measures_code_form" CHECK ("code" <> ''),
  CONSTRAINT "measures_label_form" CHECK ("label" <> ''),
  CONSTRAINT "measures_kind_enum" CHECK ("kind" IN ('count', 'percent', 'amount', 'value')),
  CONSTRAINT "measures_unit_form" CHECK ("unit" <> ''),
  CONSTRAINT "measures_definition_form" CHECK ("definition" <> ''),
  CONSTRAINT "measures_base_form" CHECK ("base" <> ''),
  CONSTRAINT "measures_default_rule_enum" CHECK ("default_rule" IN ('lowest', 'highest', 'median-of-independent', 'latest')),
  -- A percentage says of what it is one.
  CONSTRAINT "measures_rule_percent-base" CHECK ("kind" IS NULL OR "kind" <> 'percent' OR "base" IS NOT NULL)
);

-- Wording rules
-- How expressions such as hundreds, over N or nearly all become numbers. Each rule is written once and applied
-- everywhere, so that the same words always give the same bounds.
CREATE TABLE "wording_rules" (
  -- Rule id: Short readable name of the rule in small letters, with hyphens.
  "rule_id" TEXT NOT NULL,
  -- Wording: The expression, with N for the number in it and M for a second one.
  "wording" TEXT NOT NULL,
  -- Low: Lower bound that the wording gives. A number, or a term in N (and M, the second number of the expression): N,
  -- N+1, 0.9*N. Empty when the wording gives none.
  -- not checked: of the form ^-?([0-9]+(\.[0-9]+)?|([0-9]+(\.[0-9]+)?\*)?[NM]([+-][0-9]+(\.[0-9]+)?)?)$
  "low" TEXT,
  -- Best: Single best number that the wording gives. A number, or a term in N (and M, the second number of the
  -- expression): N, N+1, 0.9*N. Empty when the wording gives none.
  -- not checked: of the form ^-?([0-9]+(\.[0-9]+)?|([0-9]+(\.[0-9]+)?\*)?[NM]([+-][0-9]+(\.[0-9]+)?)?)$
  "best" TEXT,
  -- High: Upper bound that the wording gives. A number, or a term in N (and M, the second number of the expression): N,
  -- N+1, 0.9*N. Empty when the wording gives none.
  -- not checked: of the form ^-?([0-9]+(\.[0-9]+)?|([0-9]+(\.[0-9]+)?\*)?[NM]([+-][0-9]+(\.[0-9]+)?)?)$
  "high" TEXT,
  -- Example: An invented phrase in which the expression stands.
  "example" TEXT NOT NULL,
  -- Basis: Whose convention it is, or why these numbers. Empty when it follows from the words alone.
  "basis" TEXT,
  CONSTRAINT "wording_rules_key" PRIMARY KEY ("rule_id"),
  CONSTRAINT "wording_rules_rule_id_form" CHECK ("rule_id" <> ''),
  CONSTRAINT "wording_rules_wording_form" CHECK ("wording" <> ''),
  CONSTRAINT "wording_rules_low_form" CHECK ("low" <> ''),
  CONSTRAINT "wording_rules_best_form" CHECK ("best" <> ''),
  CONSTRAINT "wording_rules_high_form" CHECK ("high" <> ''),
  CONSTRAINT "wording_rules_example_form" CHECK ("example" <> ''),
  CONSTRAINT "wording_rules_basis_form" CHECK ("basis" <> '')
);

-- Events
-- One row per event: something that happened, is going on, is planned, predicted, supposed or denied, according to at
-- least one claim. The curated form is one record file per event, with its participants, places, claims and links
-- inside.
CREATE TABLE "events" (
  -- Event id: Permanent id of the event, never reused. New ones are random: EV- and six characters.
  -- not checked: of the form ^[A-Z]{2,4}-[0-9a-z]{4,12}$
  "event_id" TEXT NOT NULL,
  -- Title: What happened, who and where, in one neutral line of at most 120 characters, in our own words.
  "title" TEXT NOT NULL,
  -- Summary: Two or three neutral sentences in our own words, with who says what. Empty when the title says enough.
  "summary" TEXT,
  -- Type: What kind of event it is: a code of event_types, the narrowest one that fits. A speech act is an event of its
  -- own.
  "type" TEXT NOT NULL,
  -- Realis: Whether the event is told as fact, plan, prediction, supposition or denial. It follows from the accepted
  -- claims.
  "realis" TEXT NOT NULL,
  -- Date, earliest: First day on which the event can have happened, or begun if it lasts. An empty bound is open.
  "date_earliest" DATE,
  -- Date, latest: Last day on which the event can have happened, or begun if it lasts. An empty bound is open.
  "date_latest" DATE,
  -- End, earliest: For what lasts: first day on which it can have ended. Empty for events without duration, and while
  -- it is not known to have ended.
  "end_earliest" DATE,
  -- End, latest: For what lasts: last day on which it can have ended. Empty for events without duration, and while it
  -- is not known to have ended.
  "end_latest" DATE,
  -- Basis of the date: How the dates of the event were found.
  "date_basis" TEXT NOT NULL,
  -- Place: The main place of the event. Empty when no source says where. Further places stand in event_places.
  "place_id" TEXT,
  -- Sense of the place: How the event lies to its place. Empty when there is no place, or when nothing more is said
  -- than the place.
  "place_sense" TEXT,
  -- Part of: The larger event of which this one is a part. Empty when it stands alone.
  "part_of" TEXT,
  -- Review: How far the coding of this event has come.
  "review" TEXT NOT NULL,
  -- Coded by: Who coded the event: a stable handle, not necessarily a name.
  "coded_by" TEXT NOT NULL,
  -- Coded on: Day on which the coding was finished or last redone.
  "coded_on" DATE NOT NULL,
  -- Reviewed by: Who read the coding a second time. Empty until then.
  "reviewed_by" TEXT,
  -- Reviewed on: Day of the second reading. Empty until then.
  "reviewed_on" DATE,
  -- Codebook version: Version of the codebook by which the event was coded.
  -- not checked: of the form ^[0-9]+(\.[0-9]+)*$
  "codebook" TEXT NOT NULL,
  -- Note: Coding decisions and doubts that a user should know. Empty when there is nothing to say.
  "note" TEXT,
  CONSTRAINT "events_key" PRIMARY KEY ("event_id"),
  CONSTRAINT "events_type_in_event_types" FOREIGN KEY ("type") REFERENCES "event_types" ("code") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "events_place_id_in_places" FOREIGN KEY ("place_id") REFERENCES "places" ("place_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "events_part_of_in_events" FOREIGN KEY ("part_of") REFERENCES "events" ("event_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "events_event_id_form" CHECK ("event_id" <> ''),
  CONSTRAINT "events_title_form" CHECK ("title" <> ''),
  CONSTRAINT "events_title_longest" CHECK (length("title") <= 120),
  CONSTRAINT "events_summary_form" CHECK ("summary" <> ''),
  CONSTRAINT "events_type_form" CHECK ("type" <> ''),
  CONSTRAINT "events_realis_enum" CHECK ("realis" IN ('occurred', 'ongoing', 'planned', 'predicted', 'hypothetical', 'denied')),
  CONSTRAINT "events_date_earliest_form" CHECK (CAST("date_earliest" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("date_earliest" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "events_date_latest_form" CHECK (CAST("date_latest" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("date_latest" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "events_end_earliest_form" CHECK (CAST("end_earliest" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("end_earliest" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "events_end_latest_form" CHECK (CAST("end_latest" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("end_latest" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "events_date_basis_enum" CHECK ("date_basis" IN ('stated', 'resolved', 'bounded', 'estimated', 'unknown')),
  CONSTRAINT "events_place_id_form" CHECK ("place_id" <> ''),
  CONSTRAINT "events_place_sense_enum" CHECK ("place_sense" IN ('at', 'near', 'within', 'along')),
  CONSTRAINT "events_part_of_form" CHECK ("part_of" <> ''),
  CONSTRAINT "events_review_enum" CHECK ("review" IN ('draft', 'coded', 'reviewed')),
  CONSTRAINT "events_coded_by_form" CHECK ("coded_by" <> ''),
  CONSTRAINT "events_coded_on_form" CHECK (CAST("coded_on" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("coded_on" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "events_reviewed_by_form" CHECK ("reviewed_by" <> ''),
  CONSTRAINT "events_reviewed_on_form" CHECK (CAST("reviewed_on" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("reviewed_on" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "events_codebook_form" CHECK ("codebook" <> ''),
  CONSTRAINT "events_note_form" CHECK ("note" <> ''),
  -- The earliest date is not after the latest.
  CONSTRAINT "events_rule_date-order" CHECK ("date_earliest" <= "date_latest"),
  -- The earliest end is not after the latest.
  CONSTRAINT "events_rule_end-order" CHECK ("end_earliest" <= "end_latest"),
  -- An event does not end before it can have begun.
  CONSTRAINT "events_rule_onset-end" CHECK ("date_earliest" <= "end_latest"),
  -- The second reading is not before the coding.
  CONSTRAINT "events_rule_coded-reviewed" CHECK ("coded_on" <= "reviewed_on"),
  -- A stated date fills both bounds.
  CONSTRAINT "events_rule_stated-dates" CHECK ("date_basis" IS NULL OR "date_basis" <> 'stated' OR ("date_earliest" IS NOT NULL AND "date_latest" IS NOT NULL)),
  -- The sense of a place needs a place.
  CONSTRAINT "events_rule_sense-place" CHECK ("place_sense" IS NULL OR "place_id" IS NOT NULL),
  -- A reviewed event says who reviewed it and when.
  CONSTRAINT "events_rule_reviewed" CHECK ("review" IS NULL OR "review" <> 'reviewed' OR ("reviewed_by" IS NOT NULL AND "reviewed_on" IS NOT NULL)),
  -- A reviewer comes with the day of the review.
  CONSTRAINT "events_rule_reviewer-day" CHECK ("reviewed_by" IS NULL OR "reviewed_on" IS NOT NULL),
  -- The day of a review comes with a reviewer.
  CONSTRAINT "events_rule_day-reviewer" CHECK ("reviewed_on" IS NULL OR "reviewed_by" IS NOT NULL)
);
-- not checked: An event has at least one claim. (`has-claim`: at least one row of `claims` belongs to each row)
-- not checked: No event gets lost. (`events-told`: the number of rows is at least 30, because the two texts tell of
-- more than thirty; two coders may divide them otherwise, but not by much)
-- not checked: An event that a text places has its place. (`places-known`: the share of rows with `place_id` filled is
-- at least 0.35, because statements, calls and what is only supposed have no place of their own (coding rule C-14), and
-- they are most of the events)
-- not checked: An event that is told as past or present has a last possible day. (`dates-bounded`: the share of rows
-- with `date_latest` filled is at least 0.7, because what is only supposed has no date (C-06); nearly everything else
-- is bounded at least by the day of publication)

-- Places of events
-- Further places of an event beside its main one, and places with a special role in it.
CREATE TABLE "event_places" (
  -- Event: The event.
  "event_id" TEXT NOT NULL,
  -- Place: The place.
  "place_id" TEXT NOT NULL,
  -- Role: What the place is for the event.
  "role" TEXT NOT NULL,
  CONSTRAINT "event_places_key" PRIMARY KEY ("event_id", "place_id", "role"),
  CONSTRAINT "event_places_event_id_in_events" FOREIGN KEY ("event_id") REFERENCES "events" ("event_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "event_places_place_id_in_places" FOREIGN KEY ("place_id") REFERENCES "places" ("place_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "event_places_event_id_form" CHECK ("event_id" <> ''),
  CONSTRAINT "event_places_place_id_form" CHECK ("place_id" <> ''),
  CONSTRAINT "event_places_role_enum" CHECK ("role" IN ('location', 'origin', 'destination', 'concerned'))
);

-- Claims
-- The atom of the dataset: one speaker's statement in one source about one event, with its stance, its number if it has
-- one, and a pointer to the passage. What two speakers say is two claims. A claim reports that somebody says something,
-- never that it is so.
CREATE TABLE "claims" (
  -- Claim id: Permanent id of the claim, never reused. New ones are random: CL- and six characters.
  -- not checked: of the form ^[A-Z]{2,4}-[0-9a-z]{4,12}$
  "claim_id" TEXT NOT NULL,
  -- Event: The event about which something is said.
  "event_id" TEXT NOT NULL,
  -- Source: The source in which it is said.
  "source_id" TEXT NOT NULL,
  -- Statement: What is claimed, in one neutral, attributed sentence of our own.
  "statement" TEXT NOT NULL,
  -- Stance: What the speaker does with the statement. Only asserts supports that something happened.
  "stance" TEXT NOT NULL,
  -- Said by: The speaker. A speaker who is described but not named is an actor of kind unnamed. Empty when the source
  -- speaks in its own voice.
  "said_by" TEXT,
  -- Attribution: How the source describes the speaker, in our words. Empty when the name of the actor says enough.
  "attribution" TEXT,
  -- Relayed by: The outlet that the source quotes for the claim, when the source did not hear it itself. Empty when it
  -- did.
  "relayed_by" TEXT,
  -- Hedge: How far the source keeps its distance from the claim.
  "hedge" TEXT NOT NULL,
  -- Condition: Under which condition the statement is made, in our own words. Empty when there is none.
  "condition" TEXT,
  -- Said, earliest: First day on which the speaker can have said it. It is not the date of the event. An empty bound is
  -- open.
  "said_earliest" DATE,
  -- Said, latest: Last day on which the speaker can have said it; not after the source was published. An empty bound is
  -- open.
  "said_latest" DATE,
  -- Basis of the said date: How the said dates were found. Empty when both are empty.
  "said_basis" TEXT,
  -- Measure: What the number counts or measures. Empty for a claim without a number.
  "measure" TEXT,
  -- Low: Lower bound of the number, in the unit of the measure. Empty when the wording gives none.
  "low" NUMERIC,
  -- Best: The number itself, or the single best one that the wording gives, in the unit of the measure. Empty when the
  -- wording gives none.
  "best" NUMERIC,
  -- High: Upper bound of the number, in the unit of the measure. Empty when the wording gives none.
  "high" NUMERIC,
  -- Wording: The words of the source that carry the number, at most 40 characters. Empty for a claim without a number.
  "wording" TEXT,
  -- Wording rule: The rule that turned the wording into low, best and high. Empty for a claim without a number.
  "wording_rule" TEXT,
  -- As of: For a running total: the day up to which it counts. Empty when the source does not say, and for other
  -- numbers.
  "as_of" DATE,
  -- Passage, start: Offset of the first code point of the passage in the decoded text file, counted from 0. Written by
  -- the passage command. Empty when there is no passage. Unit: code points.
  "passage_start" BIGINT,
  -- Passage, end: Offset after the last code point of the passage. The passage is one or more whole consecutive
  -- sentences. Empty when there is no passage. Unit: code points.
  "passage_end" BIGINT,
  -- Digest of the passage: SHA-256 of the passage after NFC, with quotation marks and dashes made ASCII and runs of
  -- white space made one space, in lower-case hexadecimal. Anyone who has the text can check it. Empty when there is no
  -- passage.
  -- not checked: of the form ^[0-9a-f]{64}$
  "passage_sha256" TEXT,
  -- Why no passage: Why the claim has no passage. Empty when it has one.
  "no_passage" TEXT,
  -- Status: Whether the claim counts in what is computed.
  "status" TEXT NOT NULL,
  -- Note: Doubts and decisions about this claim. Empty when there is nothing to say.
  "note" TEXT,
  CONSTRAINT "claims_key" PRIMARY KEY ("claim_id"),
  CONSTRAINT "claims_event_id_in_events" FOREIGN KEY ("event_id") REFERENCES "events" ("event_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "claims_source_id_in_sources" FOREIGN KEY ("source_id") REFERENCES "sources" ("source_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "claims_said_by_in_actors" FOREIGN KEY ("said_by") REFERENCES "actors" ("actor_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "claims_relayed_by_in_actors" FOREIGN KEY ("relayed_by") REFERENCES "actors" ("actor_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "claims_measure_in_measures" FOREIGN KEY ("measure") REFERENCES "measures" ("code") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "claims_wording_rule_in_wording_rules" FOREIGN KEY ("wording_rule") REFERENCES "wording_rules" ("rule_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "claims_claim_id_form" CHECK ("claim_id" <> ''),
  CONSTRAINT "claims_event_id_form" CHECK ("event_id" <> ''),
  CONSTRAINT "claims_source_id_form" CHECK ("source_id" <> ''),
  CONSTRAINT "claims_statement_form" CHECK ("statement" <> ''),
  CONSTRAINT "claims_stance_enum" CHECK ("stance" IN ('asserts', 'denies', 'predicts', 'supposes', 'assesses', 'supports', 'opposes')),
  CONSTRAINT "claims_said_by_form" CHECK ("said_by" <> ''),
  CONSTRAINT "claims_attribution_form" CHECK ("attribution" <> ''),
  CONSTRAINT "claims_relayed_by_form" CHECK ("relayed_by" <> ''),
  CONSTRAINT "claims_hedge_enum" CHECK ("hedge" IN ('none', 'reported', 'assessed', 'alleged')),
  CONSTRAINT "claims_condition_form" CHECK ("condition" <> ''),
  CONSTRAINT "claims_said_earliest_form" CHECK (CAST("said_earliest" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("said_earliest" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "claims_said_latest_form" CHECK (CAST("said_latest" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("said_latest" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "claims_said_basis_enum" CHECK ("said_basis" IN ('stated', 'resolved', 'bounded', 'estimated', 'unknown')),
  CONSTRAINT "claims_measure_form" CHECK ("measure" <> ''),
  CONSTRAINT "claims_low_form" CHECK (CAST("low" AS NUMERIC) = "low"),
  CONSTRAINT "claims_best_form" CHECK (CAST("best" AS NUMERIC) = "best"),
  CONSTRAINT "claims_high_form" CHECK (CAST("high" AS NUMERIC) = "high"),
  CONSTRAINT "claims_wording_form" CHECK ("wording" <> ''),
  CONSTRAINT "claims_wording_longest" CHECK (length("wording") <= 40),
  CONSTRAINT "claims_wording_rule_form" CHECK ("wording_rule" <> ''),
  CONSTRAINT "claims_as_of_form" CHECK (CAST("as_of" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("as_of" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "claims_passage_start_form" CHECK (CAST("passage_start" AS BIGINT) = "passage_start"),
  CONSTRAINT "claims_passage_start_minimum" CHECK ("passage_start" >= 0),
  CONSTRAINT "claims_passage_end_form" CHECK (CAST("passage_end" AS BIGINT) = "passage_end"),
  CONSTRAINT "claims_passage_end_minimum" CHECK ("passage_end" >= 1),
  CONSTRAINT "claims_passage_sha256_form" CHECK ("passage_sha256" <> ''),
  CONSTRAINT "claims_no_passage_enum" CHECK ("no_passage" IN ('presupposed', 'not-held', 'visual')),
  CONSTRAINT "claims_status_enum" CHECK ("status" IN ('accepted', 'superseded', 'rejected')),
  CONSTRAINT "claims_note_form" CHECK ("note" <> ''),
  -- Low is not above best, and best is not above high.
  CONSTRAINT "claims_rule_interval" CHECK ("low" <= "best" AND "low" <= "high" AND "best" <= "high"),
  -- The earliest day of saying is not after the latest.
  CONSTRAINT "claims_rule_said-order" CHECK ("said_earliest" <= "said_latest"),
  -- A passage does not end before it starts.
  CONSTRAINT "claims_rule_passage-order" CHECK ("passage_start" <= "passage_end"),
  -- A measured number names the rule that read it.
  CONSTRAINT "claims_rule_measure-rule" CHECK ("measure" IS NULL OR "wording_rule" IS NOT NULL),
  -- A wording rule is only used for a measured number.
  CONSTRAINT "claims_rule_rule-measure" CHECK ("wording_rule" IS NULL OR "measure" IS NOT NULL),
  -- The wording of a number comes with its measure.
  CONSTRAINT "claims_rule_wording-measure" CHECK ("wording" IS NULL OR "measure" IS NOT NULL),
  -- A lower bound has a measure.
  CONSTRAINT "claims_rule_low-measure" CHECK ("low" IS NULL OR "measure" IS NOT NULL),
  -- A best number has a measure.
  CONSTRAINT "claims_rule_best-measure" CHECK ("best" IS NULL OR "measure" IS NOT NULL),
  -- An upper bound has a measure.
  CONSTRAINT "claims_rule_high-measure" CHECK ("high" IS NULL OR "measure" IS NOT NULL),
  -- Only a number is a running total as of a day.
  CONSTRAINT "claims_rule_as-of-measure" CHECK ("as_of" IS NULL OR "measure" IS NOT NULL),
  -- The start of a passage comes with its end and its digest.
  CONSTRAINT "claims_rule_start-passage" CHECK ("passage_start" IS NULL OR ("passage_end" IS NOT NULL AND "passage_sha256" IS NOT NULL)),
  -- The end of a passage comes with its start and its digest.
  CONSTRAINT "claims_rule_end-passage" CHECK ("passage_end" IS NULL OR ("passage_start" IS NOT NULL AND "passage_sha256" IS NOT NULL)),
  -- The digest of a passage comes with its start and its end.
  CONSTRAINT "claims_rule_digest-passage" CHECK ("passage_sha256" IS NULL OR ("passage_start" IS NOT NULL AND "passage_end" IS NOT NULL)),
  -- A claim points to a passage or says why there is none.
  CONSTRAINT "claims_rule_evidence" CHECK ("passage_start" IS NOT NULL OR "no_passage" IS NOT NULL),
  -- A claim that points to a passage does not say that there is none.
  CONSTRAINT "claims_rule_one-evidence" CHECK (("passage_start" IS NULL OR "no_passage" IS NULL)),
  -- What is supposed is supposed under a condition.
  CONSTRAINT "claims_rule_supposes-condition" CHECK ("stance" IS NULL OR "stance" <> 'supposes' OR "condition" IS NOT NULL),
  -- A said date says how it was found.
  CONSTRAINT "claims_rule_said-earliest-basis" CHECK ("said_earliest" IS NULL OR "said_basis" IS NOT NULL),
  -- A said date says how it was found.
  CONSTRAINT "claims_rule_said-latest-basis" CHECK ("said_latest" IS NULL OR "said_basis" IS NOT NULL),
  -- A stated said date fills both bounds.
  CONSTRAINT "claims_rule_said-stated" CHECK ("said_basis" IS NULL OR "said_basis" <> 'stated' OR ("said_earliest" IS NOT NULL AND "said_latest" IS NOT NULL))
);
-- not checked: No claim gets lost. (`claims-told`: the number of rows is at least 60, because both texts are curated
-- completely, and a claim that no longer holds is superseded or rejected, not taken out)
-- not checked: A claim points to its passage. (`passages-given`: the share of rows with `passage_sha256` filled is at
-- least 0.95, because both texts are held; only what a sentence presupposes without stating it has no passage)
-- not checked: A claim names its speaker where the text does. (`speakers-named`: the share of rows with `said_by`
-- filled is at least 0.5, because two news texts that cite officials, sources and other outlets; the rest they say in
-- their own voice)

-- Participants
-- Who takes part in an event and in which role. Numbers of people or things belong to claims.
CREATE TABLE "participants" (
  -- Event: The event.
  "event_id" TEXT NOT NULL,
  -- Actor: The actor that takes part.
  "actor_id" TEXT NOT NULL,
  -- Role: What the actor does in the event. An actor may have several roles, one row each.
  "role" TEXT NOT NULL,
  -- Claim: The claim according to which the actor took part, when that is contested or said by one side only. Empty
  -- when nobody disputes it.
  "claim_id" TEXT,
  CONSTRAINT "participants_key" PRIMARY KEY ("event_id", "actor_id", "role"),
  CONSTRAINT "participants_event_id_in_events" FOREIGN KEY ("event_id") REFERENCES "events" ("event_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "participants_actor_id_in_actors" FOREIGN KEY ("actor_id") REFERENCES "actors" ("actor_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "participants_claim_id_in_claims" FOREIGN KEY ("claim_id") REFERENCES "claims" ("claim_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "participants_event_id_form" CHECK ("event_id" <> ''),
  CONSTRAINT "participants_actor_id_form" CHECK ("actor_id" <> ''),
  CONSTRAINT "participants_role_enum" CHECK ("role" IN ('initiator', 'target', 'partner', 'supporter', 'host', 'mediator', 'affected')),
  CONSTRAINT "participants_claim_id_form" CHECK ("claim_id" <> '')
);

-- Links between events
-- How one event relates to another: the event stands in the relation to the other one.
CREATE TABLE "event_links" (
  -- Event: The event from which the relation goes out.
  "event_id" TEXT NOT NULL,
  -- Relation: How the event relates to the other one. Being a part is told by part_of in events.
  "relation" TEXT NOT NULL,
  -- Other event: The event to which the relation leads.
  "other_id" TEXT NOT NULL,
  -- Claim: The claim that states the relation, for a relation is a claim too. Empty when it follows from the coding, as
  -- it does for what a speech act is about.
  "claim_id" TEXT,
  CONSTRAINT "event_links_key" PRIMARY KEY ("event_id", "relation", "other_id"),
  CONSTRAINT "event_links_event_id_in_events" FOREIGN KEY ("event_id") REFERENCES "events" ("event_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "event_links_other_id_in_events" FOREIGN KEY ("other_id") REFERENCES "events" ("event_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "event_links_claim_id_in_claims" FOREIGN KEY ("claim_id") REFERENCES "claims" ("claim_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "event_links_event_id_form" CHECK ("event_id" <> ''),
  CONSTRAINT "event_links_relation_enum" CHECK ("relation" IN ('about', 'follows', 'responds-to', 'enables', 'causes', 'contradicts')),
  CONSTRAINT "event_links_other_id_form" CHECK ("other_id" <> ''),
  CONSTRAINT "event_links_claim_id_form" CHECK ("claim_id" <> '')
);

-- External ids
-- Ids of the same thing in other datasets and catalogues. Optional; Wikidata items of actors and places stand in their
-- own tables.
CREATE TABLE "external_ids" (
  -- Table: Name of the table in which the record stands.
  -- not checked: of the form ^[a-z][a-z0-9_]*$
  "table" TEXT NOT NULL,
  -- Record id: Id of the record in that table.
  "record_id" TEXT NOT NULL,
  -- Scheme: The other dataset or catalogue, as a short name.
  "scheme" TEXT NOT NULL,
  -- Value: The id there, exactly as that scheme writes it. Always text.
  "value" TEXT NOT NULL,
  CONSTRAINT "external_ids_key" PRIMARY KEY ("table", "record_id", "scheme"),
  CONSTRAINT "external_ids_table_form" CHECK ("table" <> ''),
  CONSTRAINT "external_ids_record_id_form" CHECK ("record_id" <> ''),
  CONSTRAINT "external_ids_scheme_form" CHECK ("scheme" <> ''),
  CONSTRAINT "external_ids_value_form" CHECK ("value" <> '')
);

-- Estimates
-- Derived from claims at each build, never edited: for every event and measure one row per rule, so that nobody has to
-- accept our choice of a number. Counted are claims with status accepted and stance asserts that have this event and
-- measure and at least one of low, best and high; without such a claim there is no row. Each row repeats the numbers of
-- the one claim that its rule selects.
CREATE TABLE "estimates" (
  -- Event: The event.
  "event_id" TEXT NOT NULL,
  -- Measure: The measure; its unit holds for the numbers.
  "measure" TEXT NOT NULL,
  -- Low: Low of the selected claim. Empty when that claim has none.
  "low" NUMERIC,
  -- Best: Best of the selected claim. Empty when that claim has none.
  "best" NUMERIC,
  -- High: High of the selected claim. Empty when that claim has none; the number may then be any above.
  "high" NUMERIC,
  -- Rule: How the claim was selected. Every rule has a row, also when several select the same claim.
  "rule" TEXT NOT NULL,
  -- Claim: The claim that the rule selects; low, best and high are its own.
  "claim_id" TEXT NOT NULL,
  -- Claims: Number of counted claims; the same in all rows of an event and measure. Unit: claims.
  "claim_count" BIGINT NOT NULL,
  -- Independent origins: Number of independent origins among the counted claims; the same in all rows of an event and
  -- measure. Each claim has a lineage: its source; every source from which that one derives through source_links,
  -- directly or in several steps (the kind of link does not matter); the actor in relayed_by, if filled; and, since who
  -- repeats a text may leave out from where that text has it, the actors in relayed_by of those counted claims whose
  -- source is one of the sources from which its own derives. Two lineages meet when they have a member in common, or
  -- when an actor of one published a source of the other: the publisher of the source is the name of the actor in
  -- actors or one of its names in actor_names, whatever the case and the spaces. Go through the claims from the
  -- shortest lineage to the longest (number of members), equal ones from the latest claim to the earliest (the date
  -- being the first filled of as_of, said_latest, said_earliest, and its source's published_latest and
  -- published_earliest; claims without any come last), then by claim_id, and count a claim whenever its lineage meets
  -- none of those of the claims already counted. The number is a lower bound: where it is open whether two claims lean
  -- on one report, they count once. Unit: claims.
  "independent_count" BIGINT NOT NULL,
  -- Independent claims: The claims that independent_count counts, by their ids, joined by "; "; the same in all rows of
  -- an event and measure.
  "independent_claims" TEXT NOT NULL,
  -- Chosen: true in the row whose rule is the default_rule of the measure, else false. A measure without a default rule
  -- has no chosen row.
  "chosen" BOOLEAN NOT NULL,
  CONSTRAINT "estimates_key" PRIMARY KEY ("event_id", "measure", "rule"),
  CONSTRAINT "estimates_event_id_in_events" FOREIGN KEY ("event_id") REFERENCES "events" ("event_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "estimates_measure_in_measures" FOREIGN KEY ("measure") REFERENCES "measures" ("code") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "estimates_claim_id_in_claims" FOREIGN KEY ("claim_id") REFERENCES "claims" ("claim_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "estimates_event_id_form" CHECK ("event_id" <> ''),
  CONSTRAINT "estimates_measure_form" CHECK ("measure" <> ''),
  CONSTRAINT "estimates_low_form" CHECK (CAST("low" AS NUMERIC) = "low"),
  CONSTRAINT "estimates_best_form" CHECK (CAST("best" AS NUMERIC) = "best"),
  CONSTRAINT "estimates_high_form" CHECK (CAST("high" AS NUMERIC) = "high"),
  CONSTRAINT "estimates_rule_enum" CHECK ("rule" IN ('lowest', 'highest', 'median-of-independent', 'latest')),
  CONSTRAINT "estimates_claim_id_form" CHECK ("claim_id" <> ''),
  CONSTRAINT "estimates_claim_count_form" CHECK (CAST("claim_count" AS BIGINT) = "claim_count"),
  CONSTRAINT "estimates_claim_count_minimum" CHECK ("claim_count" >= 1),
  CONSTRAINT "estimates_independent_count_form" CHECK (CAST("independent_count" AS BIGINT) = "independent_count"),
  CONSTRAINT "estimates_independent_count_minimum" CHECK ("independent_count" >= 1),
  CONSTRAINT "estimates_independent_claims_form" CHECK ("independent_claims" <> ''),
  CONSTRAINT "estimates_chosen_form" CHECK ("chosen" IN ('true', 'false')),
  -- Low is not above best, and best is not above high.
  CONSTRAINT "estimates_rule_interval" CHECK ("low" <= "best" AND "low" <= "high" AND "best" <= "high"),
  -- An estimate has at least one number.
  CONSTRAINT "estimates_rule_number" CHECK ("low" IS NOT NULL OR "best" IS NOT NULL OR "high" IS NOT NULL),
  -- There are not more independent origins than claims.
  CONSTRAINT "estimates_rule_counts" CHECK ("independent_count" <= "claim_count")
);

-- Events in one table
-- Derived at each build, never edited: one row per event that can be loaded alone, with labels joined, counts of
-- claims, and the precision codes of UCDP GED and ACLED computed from the bounds.
CREATE TABLE "events_flat" (
  -- Event id: Permanent id of the event, never reused. New ones are random: EV- and six characters.
  -- not checked: of the form ^[A-Z]{2,4}-[0-9a-z]{4,12}$
  "event_id" TEXT NOT NULL,
  -- Title: What happened, who and where, in one neutral line of at most 120 characters, in our own words.
  "title" TEXT NOT NULL,
  -- Summary: Two or three neutral sentences in our own words, with who says what. Empty when the title says enough.
  "summary" TEXT,
  -- Type: What kind of event it is: a code of event_types, the narrowest one that fits. A speech act is an event of its
  -- own.
  "type" TEXT NOT NULL,
  -- Type, label: Label of the type in event_types.
  "type_label" TEXT NOT NULL,
  -- Realis: Whether the event is told as fact, plan, prediction, supposition or denial. It follows from the accepted
  -- claims.
  "realis" TEXT NOT NULL,
  -- Date, earliest: First day on which the event can have happened, or begun if it lasts. An empty bound is open.
  "date_earliest" DATE,
  -- Date, latest: Last day on which the event can have happened, or begun if it lasts. An empty bound is open.
  "date_latest" DATE,
  -- End, earliest: For what lasts: first day on which it can have ended. Empty for events without duration, and while
  -- it is not known to have ended.
  "end_earliest" DATE,
  -- End, latest: For what lasts: last day on which it can have ended. Empty for events without duration, and while it
  -- is not known to have ended.
  "end_latest" DATE,
  -- Basis of the date: How the dates of the event were found.
  "date_basis" TEXT NOT NULL,
  -- Place: The main place of the event. Empty when no source says where. Further places stand in event_places.
  "place_id" TEXT,
  -- Place, name: Name of the place in places. Empty when the event has no place.
  "place_name" TEXT,
  -- Country: Country of the place, as in its own row of places; not taken from a larger place. Empty when the event has
  -- no place or the place no country.
  -- not checked: of the form ^[A-Z]{3}$
  "country" TEXT,
  -- Latitude: Latitude of the place. Empty when the event has no place or the place no point. Unit: degrees (WGS 84).
  "latitude" NUMERIC,
  -- Longitude: Longitude of the place. Empty when the event has no place or the place no point. Unit: degrees (WGS 84).
  "longitude" NUMERIC,
  -- Radius: Radius of the place: the true place lies within this distance of the point. Empty when the event has no
  -- place or the place no radius. Unit: kilometres.
  "radius_km" NUMERIC,
  -- Sense of the place: How the event lies to its place. Empty when there is no place, or when nothing more is said
  -- than the place.
  "place_sense" TEXT,
  -- Part of: The larger event of which this one is a part. Empty when it stands alone.
  "part_of" TEXT,
  -- Initiators: Names (in actors) of the participants with the role initiator, in the order of their actor_id, joined
  -- by a semicolon and a space. Empty when there is none; partners are not initiators.
  "initiators" TEXT,
  -- Targets: Names (in actors) of the participants with the role target, in the order of their actor_id, joined by a
  -- semicolon and a space. Empty when there is none.
  "targets" TEXT,
  -- Review: How far the coding of this event has come.
  "review" TEXT NOT NULL,
  -- Coded by: Who coded the event: a stable handle, not necessarily a name.
  "coded_by" TEXT NOT NULL,
  -- Coded on: Day on which the coding was finished or last redone.
  "coded_on" DATE NOT NULL,
  -- Reviewed by: Who read the coding a second time. Empty until then.
  "reviewed_by" TEXT,
  -- Reviewed on: Day of the second reading. Empty until then.
  "reviewed_on" DATE,
  -- Codebook version: Version of the codebook by which the event was coded.
  -- not checked: of the form ^[0-9]+(\.[0-9]+)*$
  "codebook" TEXT NOT NULL,
  -- Note: Coding decisions and doubts that a user should know. Empty when there is nothing to say.
  "note" TEXT,
  -- Claims: Number of claims about the event with status accepted, whatever their stance. Unit: claims.
  "claim_count" BIGINT NOT NULL,
  -- Sources: Number of different sources of the claims in claim_count. Unit: sources.
  "source_count" BIGINT NOT NULL,
  -- Independent origins: Number of independent origins among the supporting claims; 0 when there is none. Supporting
  -- are the accepted claims whose stance fits the realis: asserts for occurred, ongoing and planned, predicts for
  -- predicted, supposes for hypothetical, denies for denied. Each claim has a lineage: its source; every source from
  -- which that one derives through source_links, directly or in several steps (the kind of link does not matter); the
  -- actor in relayed_by, if filled; and, since who repeats a text may leave out from where that text has it, the actors
  -- in relayed_by of those supporting claims whose source is one of the sources from which its own derives. Two
  -- lineages meet when they have a member in common, or when an actor of one published a source of the other: the
  -- publisher of the source is the name of the actor in actors or one of its names in actor_names, whatever the case
  -- and the spaces. Go through the claims from the shortest lineage to the longest (number of members), equal ones from
  -- the latest claim to the earliest (the date being the first filled of as_of, said_latest, said_earliest, and its
  -- source's published_latest and published_earliest; claims without any come last), then by claim_id, and count a
  -- claim whenever its lineage meets none of those of the claims already counted. The number is a lower bound: where it
  -- is open whether two claims lean on one report, they count once. Unit: claims.
  "independent_count" BIGINT NOT NULL,
  -- Support: How well the event is supported, the first that fits: empty when no claim supports it; contested;
  -- corroborated; single-source. Supporting are the accepted claims whose stance fits the realis: asserts for occurred,
  -- ongoing and planned, predicts for predicted, supposes for hypothetical, denies for denied.
  "support" TEXT,
  -- Supporting claims: The claims that support the event (see support), by their ids, joined by "; ". Empty when there
  -- is none.
  "supporting_claims" TEXT,
  -- Independent claims: Those of the supporting claims that independent_count counts, by their ids, joined by "; ".
  -- Empty when there is none.
  "independent_claims" TEXT,
  -- Contesting claims: The accepted claims with stance denies, or asserts when the realis is denied, by their ids,
  -- joined by "; ". Empty when there is none.
  "contesting_claims" TEXT,
  -- GED date precision: With n the number of days from date_earliest to date_latest, both included: 1 when n is 1; 2
  -- when n is 2 to 6; 3 when n is 7; 4 when n is 8 to 30, or when the two dates are the first and the last day of the
  -- same calendar month; 5 when n is 31 to 366 and 4 does not fit. Empty when a date is missing or n is above 366. The
  -- end dates do not matter.
  "ged_date_prec" BIGINT,
  -- GED place precision: The first line that fits, with the kind, country and radius_km of the event's place. Empty: no
  -- place, or kind virtual. 7: kind water without country. 5: place_sense along; or kind border, region, area or water;
  -- or place_sense near with kind district, province or country. 6: kind country. 4: kind province. 3: kind district.
  -- What remains is building, point or town. 5: radius_km above 25. 2: place_sense near, or kind point with radius_km
  -- above 1. 1: all others. An empty radius_km is not above anything.
  "ged_where_prec" BIGINT,
  -- ACLED time precision: With n the number of days from date_earliest to date_latest, both included: 1 when n is 1; 2
  -- when n is 2 to 7; 3 when n is 8 to 31. Empty when a date is missing or n is above 31. The end dates do not matter.
  "acled_time_precision" BIGINT,
  -- ACLED place precision: From ged_where_prec: 1 for 1; 2 for 2 and 3; 3 for 4, 5, 6 and 7. Empty when that is empty.
  "acled_geo_precision" BIGINT,
  -- PLOVER type: The value of the type's row in type_equivalents with scheme plover-type and relation exact or broad;
  -- when the type has no such row, that of its broader type, and so on upwards; of several the smallest in code-point
  -- order. Empty when there is none up to the top.
  "plover_type" TEXT,
  -- PLOVER mode: The value of the type's own row in type_equivalents with scheme plover-mode and relation exact; of
  -- several the smallest in code-point order. Empty when there is none; broader types are not asked.
  "plover_mode" TEXT,
  CONSTRAINT "events_flat_key" PRIMARY KEY ("event_id"),
  CONSTRAINT "events_flat_event_id_in_events" FOREIGN KEY ("event_id") REFERENCES "events" ("event_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "events_flat_type_in_event_types" FOREIGN KEY ("type") REFERENCES "event_types" ("code") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "events_flat_place_id_in_places" FOREIGN KEY ("place_id") REFERENCES "places" ("place_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "events_flat_part_of_in_events" FOREIGN KEY ("part_of") REFERENCES "events" ("event_id") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "events_flat_event_id_form" CHECK ("event_id" <> ''),
  CONSTRAINT "events_flat_title_form" CHECK ("title" <> ''),
  CONSTRAINT "events_flat_title_longest" CHECK (length("title") <= 120),
  CONSTRAINT "events_flat_summary_form" CHECK ("summary" <> ''),
  CONSTRAINT "events_flat_type_form" CHECK ("type" <> ''),
  CONSTRAINT "events_flat_type_label_form" CHECK ("type_label" <> ''),
  CONSTRAINT "events_flat_realis_enum" CHECK ("realis" IN ('occurred', 'ongoing', 'planned', 'predicted', 'hypothetical', 'denied')),
  CONSTRAINT "events_flat_date_earliest_form" CHECK (CAST("date_earliest" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("date_earliest" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "events_flat_date_latest_form" CHECK (CAST("date_latest" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("date_latest" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "events_flat_end_earliest_form" CHECK (CAST("end_earliest" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("end_earliest" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "events_flat_end_latest_form" CHECK (CAST("end_latest" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("end_latest" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "events_flat_date_basis_enum" CHECK ("date_basis" IN ('stated', 'resolved', 'bounded', 'estimated', 'unknown')),
  CONSTRAINT "events_flat_place_id_form" CHECK ("place_id" <> ''),
  CONSTRAINT "events_flat_place_name_form" CHECK ("place_name" <> ''),
  CONSTRAINT "events_flat_country_form" CHECK ("country" <> ''),
  CONSTRAINT "events_flat_latitude_form" CHECK (CAST("latitude" AS NUMERIC) = "latitude"),
  CONSTRAINT "events_flat_latitude_minimum" CHECK ("latitude" >= -90),
  CONSTRAINT "events_flat_latitude_maximum" CHECK ("latitude" <= 90),
  CONSTRAINT "events_flat_longitude_form" CHECK (CAST("longitude" AS NUMERIC) = "longitude"),
  CONSTRAINT "events_flat_longitude_minimum" CHECK ("longitude" >= -180),
  CONSTRAINT "events_flat_longitude_maximum" CHECK ("longitude" <= 180),
  CONSTRAINT "events_flat_radius_km_form" CHECK (CAST("radius_km" AS NUMERIC) = "radius_km"),
  CONSTRAINT "events_flat_radius_km_minimum" CHECK ("radius_km" >= 0),
  CONSTRAINT "events_flat_place_sense_enum" CHECK ("place_sense" IN ('at', 'near', 'within', 'along')),
  CONSTRAINT "events_flat_part_of_form" CHECK ("part_of" <> ''),
  CONSTRAINT "events_flat_initiators_form" CHECK ("initiators" <> ''),
  CONSTRAINT "events_flat_targets_form" CHECK ("targets" <> ''),
  CONSTRAINT "events_flat_review_enum" CHECK ("review" IN ('draft', 'coded', 'reviewed')),
  CONSTRAINT "events_flat_coded_by_form" CHECK ("coded_by" <> ''),
  CONSTRAINT "events_flat_coded_on_form" CHECK (CAST("coded_on" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("coded_on" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "events_flat_reviewed_by_form" CHECK ("reviewed_by" <> ''),
  CONSTRAINT "events_flat_reviewed_on_form" CHECK (CAST("reviewed_on" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("reviewed_on" AS TEXT), '0123456789-') = ''),
  CONSTRAINT "events_flat_codebook_form" CHECK ("codebook" <> ''),
  CONSTRAINT "events_flat_note_form" CHECK ("note" <> ''),
  CONSTRAINT "events_flat_claim_count_form" CHECK (CAST("claim_count" AS BIGINT) = "claim_count"),
  CONSTRAINT "events_flat_claim_count_minimum" CHECK ("claim_count" >= 0),
  CONSTRAINT "events_flat_source_count_form" CHECK (CAST("source_count" AS BIGINT) = "source_count"),
  CONSTRAINT "events_flat_source_count_minimum" CHECK ("source_count" >= 0),
  CONSTRAINT "events_flat_independent_count_form" CHECK (CAST("independent_count" AS BIGINT) = "independent_count"),
  CONSTRAINT "events_flat_independent_count_minimum" CHECK ("independent_count" >= 0),
  CONSTRAINT "events_flat_support_enum" CHECK ("support" IN ('single-source', 'corroborated', 'contested')),
  CONSTRAINT "events_flat_supporting_claims_form" CHECK ("supporting_claims" <> ''),
  CONSTRAINT "events_flat_independent_claims_form" CHECK ("independent_claims" <> ''),
  CONSTRAINT "events_flat_contesting_claims_form" CHECK ("contesting_claims" <> ''),
  CONSTRAINT "events_flat_ged_date_prec_form" CHECK (CAST("ged_date_prec" AS BIGINT) = "ged_date_prec"),
  CONSTRAINT "events_flat_ged_date_prec_minimum" CHECK ("ged_date_prec" >= 1),
  CONSTRAINT "events_flat_ged_date_prec_maximum" CHECK ("ged_date_prec" <= 5),
  CONSTRAINT "events_flat_ged_where_prec_form" CHECK (CAST("ged_where_prec" AS BIGINT) = "ged_where_prec"),
  CONSTRAINT "events_flat_ged_where_prec_minimum" CHECK ("ged_where_prec" >= 1),
  CONSTRAINT "events_flat_ged_where_prec_maximum" CHECK ("ged_where_prec" <= 7),
  CONSTRAINT "events_flat_acled_time_precision_form" CHECK (CAST("acled_time_precision" AS BIGINT) = "acled_time_precision"),
  CONSTRAINT "events_flat_acled_time_precision_minimum" CHECK ("acled_time_precision" >= 1),
  CONSTRAINT "events_flat_acled_time_precision_maximum" CHECK ("acled_time_precision" <= 3),
  CONSTRAINT "events_flat_acled_geo_precision_form" CHECK (CAST("acled_geo_precision" AS BIGINT) = "acled_geo_precision"),
  CONSTRAINT "events_flat_acled_geo_precision_minimum" CHECK ("acled_geo_precision" >= 1),
  CONSTRAINT "events_flat_acled_geo_precision_maximum" CHECK ("acled_geo_precision" <= 3),
  CONSTRAINT "events_flat_plover_type_form" CHECK ("plover_type" <> ''),
  CONSTRAINT "events_flat_plover_mode_form" CHECK ("plover_mode" <> ''),
  -- There are not more independent origins than claims.
  CONSTRAINT "events_flat_rule_counts" CHECK ("independent_count" <= "claim_count"),
  -- There are not more sources than claims.
  CONSTRAINT "events_flat_rule_source-counts" CHECK ("source_count" <= "claim_count")
);
-- not checked: Some events are dated to the day. (`days-known`: the share of rows with `ged_date_prec` being `1` is at
-- least 0.03, because the texts give the day of few events; most are background, or bounded only by publication)
-- not checked: An event with a place has coordinates. (`coordinates-known`: the share of rows with `latitude` filled is
-- at least 0.35, because every place of the dataset has a point, so the share is that of events with a place)
-- not checked: Not everything rests on one source. (`single-sources`: the share of rows with `support` being
-- `single-source` is at most 0.95, because only two texts were read, and what both tell is told by two independent
-- origins at most)

-- Coverage
-- Derived at each build, never edited: how complete the dataset is, counted from its own rows. Each row is one share,
-- or one number, of one topic. It says what the dataset holds, not what happened in the world and was told nowhere.
CREATE TABLE "coverage" (
  -- Topic: What is counted.
  "topic" TEXT NOT NULL,
  -- Table: The table whose rows are counted.
  "table" TEXT NOT NULL,
  -- Item: What of the topic is counted: a field, a class, a source, a publisher, a language, an outlet, or the part of
  -- a distribution (least, median, most).
  "item" TEXT NOT NULL,
  -- Counted: Number of rows to which topic and item apply; of a distribution the number of rows that it rests on. Unit:
  -- rows.
  "counted" BIGINT NOT NULL,
  -- Of: Number of rows that there are. Unit: rows.
  "of" BIGINT NOT NULL,
  -- Share: counted divided by of, rounded to four places. Empty when there are no rows, and for distributions.
  "share" NUMERIC,
  -- Value: The least, median or most of a distribution; the median of an even number is the mean of the two in the
  -- middle. Empty for shares, and for a distribution of nothing.
  "value" NUMERIC,
  -- Unit: Unit of the value. Empty for shares.
  "unit" TEXT,
  CONSTRAINT "coverage_key" PRIMARY KEY ("topic", "table", "item"),
  CONSTRAINT "coverage_topic_enum" CHECK ("topic" IN ('filled', 'date', 'place', 'support', 'source', 'publisher', 'language', 'relay', 'claims-per-event', 'publication-lag', 'passage')),
  CONSTRAINT "coverage_table_form" CHECK ("table" <> ''),
  CONSTRAINT "coverage_item_form" CHECK ("item" <> ''),
  CONSTRAINT "coverage_counted_form" CHECK (CAST("counted" AS BIGINT) = "counted"),
  CONSTRAINT "coverage_counted_minimum" CHECK ("counted" >= 0),
  CONSTRAINT "coverage_of_form" CHECK (CAST("of" AS BIGINT) = "of"),
  CONSTRAINT "coverage_of_minimum" CHECK ("of" >= 0),
  CONSTRAINT "coverage_share_form" CHECK (CAST("share" AS NUMERIC) = "share"),
  CONSTRAINT "coverage_share_minimum" CHECK ("share" >= 0),
  CONSTRAINT "coverage_share_maximum" CHECK ("share" <= 1),
  CONSTRAINT "coverage_value_form" CHECK (CAST("value" AS NUMERIC) = "value"),
  CONSTRAINT "coverage_unit_enum" CHECK ("unit" IN ('claims', 'days')),
  -- Not more rows are counted than there are.
  CONSTRAINT "coverage_rule_counts" CHECK ("counted" <= "of"),
  -- A value has a unit.
  CONSTRAINT "coverage_rule_unit" CHECK ("value" IS NULL OR "unit" IS NOT NULL),
  -- A row tells a share or a value.
  CONSTRAINT "coverage_rule_share-or-value" CHECK (("share" IS NULL OR "value" IS NULL))
);

-- Revisions
-- What was changed in published records, why and by whom, one row per changed field or per changed record. Appended by
-- commands and never rewritten.
CREATE TABLE "revisions" (
  -- Revision id: Permanent id of the revision, never reused. New ones are random: REV- and six characters.
  -- not checked: of the form ^[A-Z]{2,4}-[0-9a-z]{4,12}$
  "revision_id" TEXT NOT NULL,
  -- Version: The release in which the change appeared; next until it is released.
  -- not checked: of the form ^(next|[0-9][0-9A-Za-z.+-]*)$
  "version" TEXT NOT NULL,
  -- Table: Name of the table in which the record stands.
  -- not checked: of the form ^[a-z][a-z0-9_]*$
  "table" TEXT NOT NULL,
  -- Record key: Primary key of the record; several parts are joined by a vertical bar, in the order of the key.
  "record_key" TEXT NOT NULL,
  -- Field: The field that changed. Empty when the whole record was added, removed, merged, split or withdrawn.
  "field" TEXT,
  -- Operation: What was done.
  "op" TEXT NOT NULL,
  -- Old value: The value before, as text. Empty when there was none.
  "old" TEXT,
  -- New value: The value after, as text. Empty when there is none.
  "new" TEXT,
  -- Reason: Why it was changed.
  "reason" TEXT NOT NULL,
  -- Note: What else explains the change. Empty when the reason says enough.
  "note" TEXT,
  -- Revised by: Who made the change: a stable handle, not necessarily a name.
  "revised_by" TEXT NOT NULL,
  -- Revised on: Day of the change.
  "revised_on" DATE NOT NULL,
  CONSTRAINT "revisions_key" PRIMARY KEY ("revision_id"),
  CONSTRAINT "revisions_revision_id_form" CHECK ("revision_id" <> ''),
  CONSTRAINT "revisions_version_form" CHECK ("version" <> ''),
  CONSTRAINT "revisions_table_form" CHECK ("table" <> ''),
  CONSTRAINT "revisions_record_key_form" CHECK ("record_key" <> ''),
  CONSTRAINT "revisions_field_form" CHECK ("field" <> ''),
  CONSTRAINT "revisions_op_enum" CHECK ("op" IN ('added', 'changed', 'removed', 'merged', 'split', 'withdrawn')),
  CONSTRAINT "revisions_old_form" CHECK ("old" <> ''),
  CONSTRAINT "revisions_new_form" CHECK ("new" <> ''),
  CONSTRAINT "revisions_reason_enum" CHECK ("reason" IN ('new-evidence', 'source-corrected', 'coding-error', 'recoded-vocabulary', 'geocoding', 'editorial', 'merge', 'split', 'withdrawal')),
  CONSTRAINT "revisions_note_form" CHECK ("note" <> ''),
  CONSTRAINT "revisions_revised_by_form" CHECK ("revised_by" <> ''),
  CONSTRAINT "revisions_revised_on_form" CHECK (CAST("revised_on" AS TEXT) LIKE '____-__-__' AND rtrim(CAST("revised_on" AS TEXT), '0123456789-') = ''),
  -- A change says which field changed.
  CONSTRAINT "revisions_rule_changed-field" CHECK ("op" IS NULL OR "op" <> 'changed' OR "field" IS NOT NULL)
);

-- Redirects
-- The one home of ids that were published once and are no longer in use. An id that stands here is in no other table,
-- and is never given again.
CREATE TABLE "redirects" (
  -- Old id: The id that is no longer in use.
  -- not checked: of the form ^[A-Z]{2,4}-[0-9a-z]{4,12}$
  "old_id" TEXT NOT NULL,
  -- Table: Name of the table in which it stood.
  -- not checked: of the form ^[a-z][a-z0-9_]*$
  "table" TEXT NOT NULL,
  -- Outcome: What became of the record.
  "outcome" TEXT NOT NULL,
  -- New id: The id to use instead; after a split all of them, in code-point order, joined by a vertical bar. Empty
  -- after a withdrawal.
  -- not checked: of the form ^[A-Z]{2,4}-[0-9a-z]{4,12}(\|[A-Z]{2,4}-[0-9a-z]{4,12})*$
  "new_id" TEXT,
  -- Version: The release since which the id is out of use; next until it is released.
  -- not checked: of the form ^(next|[0-9][0-9A-Za-z.+-]*)$
  "version" TEXT NOT NULL,
  -- Reason: Why, in one plain sentence.
  "reason" TEXT NOT NULL,
  CONSTRAINT "redirects_key" PRIMARY KEY ("old_id"),
  CONSTRAINT "redirects_old_id_form" CHECK ("old_id" <> ''),
  CONSTRAINT "redirects_table_form" CHECK ("table" <> ''),
  CONSTRAINT "redirects_outcome_enum" CHECK ("outcome" IN ('withdrawn', 'merged-into', 'split-into')),
  CONSTRAINT "redirects_new_id_form" CHECK ("new_id" <> ''),
  CONSTRAINT "redirects_version_form" CHECK ("version" <> ''),
  CONSTRAINT "redirects_reason_form" CHECK ("reason" <> ''),
  -- A merged record says into which one.
  CONSTRAINT "redirects_rule_merged-new" CHECK ("outcome" IS NULL OR "outcome" <> 'merged-into' OR "new_id" IS NOT NULL),
  -- A split record says into which ones.
  CONSTRAINT "redirects_rule_split-new" CHECK ("outcome" IS NULL OR "outcome" <> 'split-into' OR "new_id" IS NOT NULL)
);
