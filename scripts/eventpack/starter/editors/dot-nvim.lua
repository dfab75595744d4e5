-- Neovim 0.11 or newer reads this file after `:set exrc` in your own settings and one `:trust` here.

-- Records are checked while you write; `eventpack format` lays them out.
vim.lsp.config("yamlls", {
  cmd = { "yaml-language-server", "--stdio" },
  filetypes = { "yaml" },
  root_markers = { "datapackage.json" },
  settings = {
    yaml = {
      format = { enable = false },
      schemaStore = { enable = false, url = "" },
      schemas = {
        ["schemas/derived/events.schema.json"] = "data/records/events/**/*.yaml",
      },
    },
  },
})
vim.lsp.enable("yamlls")

-- `:make` in a record checks the whole package, and lists what is wrong where.
vim.api.nvim_create_autocmd("FileType", {
  pattern = "yaml",
  callback = function()
    vim.opt_local.makeprg = "eventpack validate"
    vim.opt_local.errorformat = "%f:%l:%c: %m,%-G%.%#"
  end,
})
