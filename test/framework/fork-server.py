"""Runs Python programs in forks of processes that have already imported what the programs will import.

A request is a line of JSON on standard input: the `id` of the run; the `stages` of preparation, each a `path` and the
`imports` to be made with it; the program's `argv`, `env` and `cwd`; and the files that are its `stdin`, `stdout` and
`stderr`. Each stage is a process of its own, a fork of the one before it, which is kept and used again. A run is a fork of
the last stage, and begins as a new process would: with nothing of another run in it.
An answer is a line of JSON on standard output: the `pid` of a run that has begun, the `status` of one that has ended,
`refused` where a process of its own is needed, or `lost` where a stage has died.
"""
import atexit
import builtins
import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import sys
import types
import warnings

# Further stages of one process that are kept; the one that was made first goes first.
MOST_STAGES = 8

OWN = sys.modules['__main__']

# What is imported before a run begins, in a circle with itself, so that nothing ever counts as unused.
PREPARED = {}
PREPARED['itself'] = PREPARED


class Channel:
    """Lines of JSON from and to another process."""

    def __init__(self, source, sink):
        self.source, self.sink, self.rest = source, sink, b''

    def send(self, message):
        data = json.dumps(message).encode() + b'\n'
        while data:
            data = data[os.write(self.sink, data):]

    def receive(self):
        """The messages that have arrived; None if the other end has closed."""
        data = os.read(self.source, 65536)
        if not data:
            return None
        *lines, self.rest = (self.rest + data).split(b'\n')
        return [json.loads(line) for line in lines]

    def close(self):
        for descriptor in {self.source, self.sink}:
            os.close(descriptor)


class Stage:
    """One process of the tree: it prepares further stages and runs, and passes on what they tell."""

    def __init__(self, channel):
        self.depth = 0
        self.begin(channel)

    def begin(self, channel):
        self.channel = channel
        # By their pid: the ids of runs that are forks of this process. By their preparation: the further stages.
        self.runs, self.stages = {}, {}
        self.selector = selectors.DefaultSelector()
        self.selector.register(channel.source, selectors.EVENT_READ)
        self.wakeup = socket.socketpair()
        for end in self.wakeup:
            end.setblocking(False)
        self.selector.register(self.wakeup[0], selectors.EVENT_READ)
        signal.set_wakeup_fd(self.wakeup[1].fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def leave(self):
        """In a fork: lets go of what belongs to the process that it is a fork of."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.selector.close()
        for end in self.wakeup:
            end.close()
        self.channel.close()
        for channel, _ in self.stages.values():
            channel.close()

    def serve(self):
        """Answers requests until there can be no more; in the fork that is to make it, returns a run."""
        while True:
            ready = {key.fd for key, _ in self.selector.select()}
            if self.wakeup[0].fileno() in ready:
                self.reap()
            for key, (channel, ids) in list(self.stages.items()):
                if channel.source in ready:
                    self.pass_on(key, channel, ids)
            if self.channel.source in ready:
                requests = self.channel.receive()
                if requests is None:
                    os._exit(0)
                while requests:
                    run = self.handle(requests)
                    if run:
                        return run

    def reap(self):
        self.wakeup[0].recv(4096)
        for pid, status in ended_children():
            if pid in self.runs:
                status = os.waitstatus_to_exitcode(status)
                self.channel.send({'id': self.runs.pop(pid), 'status': status})

    def pass_on(self, key, channel, ids):
        answers = channel.receive()
        if answers is None:
            for run_id in ids:
                self.channel.send({'id': run_id, 'lost': True})
            self.close_stage(key)
            return
        for answer in answers:
            if 'pid' not in answer:
                ids.discard(answer['id'])
            self.channel.send(answer)

    def close_stage(self, key):
        channel, _ = self.stages.pop(key)
        self.selector.unregister(channel.source)
        channel.close()

    def handle(self, requests):
        """Takes the first request: hands it to its next stage, or starts its run, which is returned in its own process."""
        request = requests[0]
        if self.depth < len(request['stages']):
            preparation = request['stages'][self.depth]
            key = json.dumps(preparation)
            if key not in self.stages and self.fork_stage(key, preparation):
                # The process that this is a fork of hands the request over, and has the others.
                requests.clear()
                return None
            channel, ids = self.stages[key]
            ids.add(request['id'])
            channel.send(request)
        elif hides_a_module(request['argv'][0]):
            self.channel.send({'id': request['id'], 'refused': True})
        else:
            pid = fork()
            if pid == 0:
                self.leave()
                return request
            self.runs[pid] = request['id']
            self.channel.send({'id': request['id'], 'pid': pid})
        requests.pop(0)
        return None

    def fork_stage(self, key, preparation):
        """Makes a further stage; true in its process."""
        idle = [stage for stage, (_, ids) in self.stages.items() if not ids]
        if len(self.stages) >= MOST_STAGES and idle:
            self.close_stage(idle[0])
        ours, theirs = socket.socketpair()
        if fork():
            theirs.close()
            source = ours.detach()
            self.stages[key] = Channel(source, source), set()
            self.selector.register(source, selectors.EVENT_READ)
            return False
        ours.close()
        self.leave()
        source = theirs.detach()
        self.begin(Channel(source, source))
        self.depth += 1
        prepare(**preparation)
        return True


def ended_children():
    try:
        while (ended := os.waitpid(-1, os.WNOHANG)) != (0, 0):
            yield ended
    except ChildProcessError:
        # There are no more.
        return


def fork():
    with warnings.catch_warnings():
        # Packages may have started threads, none of which holds anything while this process waits.
        warnings.simplefilter('ignore', DeprecationWarning)
        return os.fork()


def prepare(path, imports):
    sys.path[:0] = path
    for name in imports:
        try:
            importlib.import_module(name)
        except Exception:
            # The program itself will tell.
            sys.modules.pop(name, None)
    PREPARED.update(sys.modules)
    # Neither the runs nor their ends go through it all again, which would copy it too.
    gc.collect()
    gc.freeze()


def spare():
    """At the end of a run, behind all else: lets Python take apart what the run has made, but not what it was given."""
    for name in PREPARED.keys() - {'sys', 'builtins', '__main__'}:
        sys.modules.pop(name, None)


def hides_a_module(program):
    """Whether a file beside a script would have come before a module of Python's or a package's that is loaded already."""
    if program.startswith('-'):
        return False
    beside = {name.partition('.')[0] for name in os.listdir(os.path.dirname(program))}
    loaded = {name.partition('.')[0] for name in sys.modules}
    return bool((beside - {'__init__', '__main__'}) & (loaded | sys.stdlib_module_names))


def start(request):
    """Becomes the process that Python would have been started as for the program."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for target, path in enumerate((request['stdin'], request['stdout'], request['stderr'])):
        flags = os.O_RDONLY if target == 0 else os.O_WRONLY | os.O_CREAT | os.O_APPEND
        descriptor = os.open(path, flags, 0o600)
        os.dup2(descriptor, target)
        os.close(descriptor)
    os.chdir(request['cwd'])
    os.environ.clear()
    os.environ.update(request['env'])
    importlib.invalidate_caches()
    customize(request['env'].get('PYTHONPATH', '').split(os.pathsep))
    program, *arguments = request['argv']
    if program == '-m':
        sys.argv[:] = arguments
        sys.path.insert(0, os.getcwd())
        runpy.run_module(arguments[0], run_name='__main__', alter_sys=True)
    elif program == '-c':
        sys.argv[:] = ['-c', *arguments[1:]]
        sys.path.insert(0, '')
        run(arguments[0], '<string>', {})
    else:
        sys.argv[:] = [program, *arguments]
        sys.path.insert(0, os.path.dirname(program))
        with open(program, 'rb') as file:
            run(file.read(), program, {'__file__': program, '__cached__': None})


def customize(path):
    """What Python's `site` does at the start of a process."""
    if any(os.path.exists(os.path.join(folder, 'sitecustomize.py')) for folder in path if folder):
        sys.modules.pop('sitecustomize', None)
        importlib.import_module('sitecustomize')


def run(source, name, attributes):
    main = types.ModuleType('__main__')
    main.__dict__.update(__builtins__=builtins, **attributes)
    sys.modules['__main__'] = main
    exec(compile(source, name, 'exec'), main.__dict__)


def fail(error):
    """Tells of an error as Python does that ends a program, without the frames that a process of its own would not have."""
    frames = error.__traceback__
    while frames and frames.tb_frame.f_code.co_filename in (__file__, runpy.__file__):
        frames = frames.tb_next
    error.__traceback__ = frames
    sys.excepthook(type(error), error, frames)
    sys.exit(1)


def listen():
    """Keeps the requests and answers to itself: programs and packages must not write among them."""
    channel = Channel(os.dup(0), os.dup(1))
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    atexit.register(spare)
    del sys.path[0]
    return Stage(channel)


request = listen().serve()
try:
    start(request)
except Exception as error:
    fail(error)
