"""What the committed settings of each editor tell the language server: a tree of names, `{"yaml": {"schemas": …}}`."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

# Runs a project file of Neovim where `vim` is only what that file may use, and prints what it asked for.
STAND_IN = """
local asked = {}
vim = {
  lsp = {
    config = function(name, config) asked.name, asked.config = name, config end,
    enable = function(name) asked.enabled = name end,
  },
  opt_local = {},
  api = {
    nvim_create_autocmd = function(event, options)
      options.callback()
      asked.event, asked.pattern, asked.options = event, options.pattern, vim.opt_local
    end,
  },
}
local function json(value)
  if type(value) ~= "table" then
    return type(value) == "string" and string.format("%q", value) or tostring(value)
  end
  local parts = {}
  for _, item in ipairs(value) do parts[#parts + 1] = json(item) end
  if #parts > 0 then return "[" .. table.concat(parts, ",") .. "]" end
  for key, item in pairs(value) do parts[#parts + 1] = json(key) .. ":" .. json(item) end
  return "{" .. table.concat(parts, ",") .. "}"
end
dofile(arg[1])
print(json(asked))
"""


def vscode(folder: Path) -> dict[str, Any]:
    """`.vscode/settings.json`, where `yaml.schemas` is `schemas` of the section `yaml`."""
    tree: dict[str, Any] = {}
    for name, value in json.loads((folder / ".vscode/settings.json").read_text("utf-8")).items():
        *sections, last = name.split(".")
        inner = tree
        for section in sections:
            inner = inner.setdefault(section, {})
        inner[last] = value
    return tree


def helix(folder: Path) -> dict[str, Any]:
    """`.helix/languages.toml`, for the server that Helix starts for YAML by itself."""
    settings = tomllib.loads((folder / ".helix/languages.toml").read_text("utf-8"))
    config: dict[str, Any] = settings["language-server"]["yaml-language-server"]["config"]
    return config


def neovim_file(folder: Path) -> dict[str, Any]:
    """All that `.nvim.lua` asks of Neovim, by a real Lua."""
    program = folder / ".nvim.lua"
    command = ["lua5.4", "-", str(program)]
    result = subprocess.run(command, input=STAND_IN, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    asked: dict[str, Any] = json.loads(result.stdout)
    return asked


def neovim(folder: Path) -> dict[str, Any]:
    """The settings in `.nvim.lua`."""
    settings: dict[str, Any] = neovim_file(folder)["config"]["settings"]
    return settings


EDITORS: Mapping[str, Callable[[Path], dict[str, Any]]] = {"vscode": vscode, "neovim": neovim, "helix": helix}
