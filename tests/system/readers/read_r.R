# All tables of a packaged folder, as base R reads them by the schemas: `Rscript read_r.R FOLDER`.
library(jsonlite)
folder <- commandArgs(trailingOnly = TRUE)[1]
resources <- Filter(function(one) !is.null(one$schema), read_json(file.path(folder, "datapackage.json"))$resources)
names(resources) <- vapply(resources, function(one) one$name, "")
kinds <- c(string = "character", integer = "integer", number = "numeric", boolean = "logical", date = "Date")

read_table <- function(resource) {
  types <- vapply(resource$schema$fields, function(field) kinds[[field$type]], "")
  read.csv(file.path(folder, resource$path), colClasses = types, na.strings = "", encoding = "UTF-8", check.names = FALSE)
}
tables <- lapply(resources, read_table)

# The rows of a table whose key leads to no row.
together <- function(table, fields) do.call(paste, c(unname(as.list(table[unlist(fields)])), sep = "\r"))
astray <- 0
for (name in names(resources)) {
  for (key in resources[[name]]$schema$foreignKeys) {
    there <- if (key$reference$resource == "") name else key$reference$resource
    here <- tables[[name]][complete.cases(tables[[name]][unlist(key$fields)]), , drop = FALSE]
    astray <- astray + sum(!together(here, key$fields) %in% together(tables[[there]], key$reference$fields))
  }
}
told <- lapply(tables, function(table) {
  types <- lapply(table, function(column) names(kinds)[kinds == class(column)])
  for (name in names(table)) if (inherits(table[[name]], "Date")) table[[name]] <- format(table[[name]])
  rows <- lapply(seq_len(nrow(table)), function(at) unname(as.list(table[at, , drop = FALSE])))
  list(types = types, rows = rows)
})
version <- as.character(getRversion())
cat(toJSON(list(version = version, tables = told, astray = astray), auto_unbox = TRUE, na = "null", digits = NA, null = "list"))
