"""One toy process: `python -m tests.system.toy_process api|worker`; its settings come from NOL_… as anywhere else."""

import os
import sys

from shared.config import read_settings
from shared.http.server import serve
from shared.logs import configure_logs
from shared.runtime import build_runtime
from shared.worker_process import run_worker
from tests.shared.http.toy_api import ROLES
from tests.system.toys import BLUEPRINTS, BUILD, TOY, jobs_of

if __name__ == "__main__":
    settings = read_settings()
    name = settings.service.value
    configure_logs(name, settings.log_level)
    if sys.argv[1] == "api":
        processes, recycle = int(os.environ.get("TOY_PROCESSES", "1")), int(os.environ.get("TOY_RECYCLE_AFTER", "0"))
        serve(settings, lambda _: BUILD[name](), BLUEPRINTS[name], ROLES, workers=processes, recycle_after=recycle)
    else:
        runtime = build_runtime(settings, lambda _: BUILD[name]())
        run_worker(runtime, jobs_of(runtime) if name == TOY else {})
