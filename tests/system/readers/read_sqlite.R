# The exported SQLite database, as R reads it with DBI: `Rscript read_sqlite.R EXPORTS`. Days and truth are text there.
library(jsonlite)
path <- Sys.glob(file.path(commandArgs(trailingOnly = TRUE)[1], "sqlite", "*.sqlite"))
base <- DBI::dbConnect(RSQLite::SQLite(), path)
astray <- nrow(DBI::dbGetQuery(base, "PRAGMA foreign_key_check"))
names <- Filter(function(name) !grepl("_fts", name), DBI::dbListTables(base))
tables <- lapply(setNames(names, names), function(name) {
  declared <- DBI::dbGetQuery(base, sprintf("PRAGMA table_info(\"%s\")", name))
  kinds <- c(TEXT = "string", BIGINT = "integer", NUMERIC = "number", DATE = "date", BOOLEAN = "boolean")
  table <- DBI::dbReadTable(base, name, check.names = FALSE)
  for (at in which(declared$type == "BOOLEAN")) table[[at]] <- table[[at]] == "true"
  rows <- lapply(seq_len(nrow(table)), function(at) unname(as.list(table[at, , drop = FALSE])))
  list(types = as.list(setNames(kinds[declared$type], declared$name)), rows = rows)
})
version <- sprintf("%s, RSQLite %s", getRversion(), packageVersion("RSQLite"))
cat(toJSON(list(version = version, tables = tables, astray = astray), auto_unbox = TRUE, na = "null", digits = NA, null = "list"))
