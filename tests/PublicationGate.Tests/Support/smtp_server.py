"""A real mail server (aiosmtpd) for tests: what arrives is laid in a Maildir; the file 'answers' says what it answers to come.

usage: smtp_server.py FOLDER PORT none|starttls|tls [CERTIFICATE KEY] [USER PASSWORD]
Each line of 'answers' is used once: RCPT or DATA and an answer, such as 'RCPT 450 4.2.0 Later'; 'DATA hang' keeps the message and
never answers, 'DATA drop' keeps it and hangs up. Prints its port when it is open; ends with its input.
"""
import asyncio
import os
import ssl
import sys

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP, AuthResult

folder, port, security = sys.argv[1], int(sys.argv[2]), sys.argv[3]
rest = sys.argv[4:]
tls = None
if security != "none":
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(rest[0], rest[1])
    rest = rest[2:]
user, password = rest if rest else (None, None)


def next_answer(command):
    path = os.path.join(folder, "answers")
    lines = open(path).read().splitlines() if os.path.exists(path) else []
    for at, line in enumerate(lines):
        if line.startswith(command + " "):
            with open(path + ".new", "w") as left:
                left.write("\n".join(lines[:at] + lines[at + 1:]))
            os.replace(path + ".new", path)
            return line[len(command) + 1:]
    return None


class Keeper(Mailbox):
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if answer := next_answer("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = next_answer("DATA")
        if answer and answer[0].isdigit():
            return answer
        status = await super().handle_DATA(server, session, envelope)
        if answer == "hang":
            await asyncio.sleep(3600)
        if answer == "drop":
            server.transport.abort()
        return status


def authenticate(server, session, envelope, mechanism, data):
    with open(os.path.join(folder, "sign-ins"), "a") as seen:
        seen.write("TLS\n" if session.ssl or security == "tls" else "clear\n")
    return AuthResult(success=(data.login.decode(), data.password.decode()) == (user, password), handled=False)


async def main():
    handler = Keeper(os.path.join(folder, "mail"))
    loop = asyncio.get_running_loop()

    def session():
        return SMTP(
            handler, loop=loop, hostname="mail.test", tls_context=tls if security == "starttls" else None, require_starttls=security == "starttls",
            authenticator=authenticate if user else None, auth_required=user is not None, auth_require_tls=security == "starttls")

    server = await loop.create_server(session, "127.0.0.1", port, ssl=tls if security == "tls" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main())
