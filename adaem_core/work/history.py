"""*Back* undoes a page, not a choice: a choice changes the address in place, and only another page is a step in the browser's history.

Streamlit makes a step of every change of the address. The page that the browser loads first is therefore sent with a line of script
that turns a step within one page into a change in place (docs/decisions/the-address-says-what-is-shown.md). It waits a moment, because
on the way to another page the new page's choices arrive before its name: what waits then belongs to the new page, and never to the old.
"""

from dataclasses import dataclass

from adaem_core.work.guard import Asgi, Message, Receive, Send

IN_PLACE = b"""<script>
      const push = history.pushState;
      let late;
      history.pushState = (state, title, url) => {
        clearTimeout(late);
        const moves = new URL(url ?? "", location.href).pathname !== location.pathname;
        if (moves) push.call(history, state, title, url);
        else late = setTimeout(() => history.replaceState(state, title, url), 150);
      };
      addEventListener("popstate", () => clearTimeout(late), true);
    </script>
    """
BEGIN = b"<head>"
UNTRUE = (b"content-length", b"etag", b"last-modified")  # of the page without the script


@dataclass(frozen=True)
class InPlace:
    """The application behind it, whose pages come with the script."""

    app: Asgi

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request; a page is asked for as plain text, so that the script can be put in."""
        headers = scope.get("headers", ())
        if scope["type"] != "http" or not any(name == b"accept" and b"text/html" in value for name, value in headers):
            return await self.app(scope, receive, send)
        plain = [(name, value) for name, value in headers if name != b"accept-encoding"]
        return await self.app({**scope, "headers": plain}, receive, scripted(send))


def scripted(send: Send) -> Send:
    """Return what sends an answer on, a page with the script in it."""
    html = False

    async def sending(message: Message) -> None:
        nonlocal html
        if message["type"] == "http.response.start":
            kept = list(message.get("headers", ()))
            html = any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in kept)
            if html:
                message = {**message, "headers": [each for each in kept if each[0].lower() not in UNTRUE]}
        elif html and BEGIN in message.get("body", b""):
            message = {**message, "body": message["body"].replace(BEGIN, BEGIN + IN_PLACE, 1)}
        await send(message)

    return sending
