"""JupyterLab of `make lab`: what it opens, and where its scheduler keeps jobs."""

from pathlib import Path

from jupyter_server.serverapp import ServerApp

root = Path(__file__).resolve().parent.parent.parent
jobs = root / "reports" / ".jobs"
jobs.mkdir(parents=True, exist_ok=True)

c = get_config()  # noqa: F821 (Jupyter provides it)
c.ServerApp.root_dir = str(root)
c.LabApp.default_url = "/lab/tree/reports/start.ipynb?file-browser-path=/notebooks"


# The style sheet of the collection's tables and figures. Jupyter looks for one only in a person's
# own folder unless the path may be configured.
ServerApp.static_custom_path.tag(config=True)
c.ServerApp.static_custom_path = [str(root / ".jupyter" / "config" / "custom")]
c.LabApp.custom_css = True

# A scheduled notebook gets its parameters checked before a kernel starts. What it wrote appears
# in reports/jobs once it is fetched from the list of jobs.
c.SchedulerApp.db_url = f"sqlite:///{jobs / 'scheduler.sqlite'}"
c.BaseScheduler.staging_path = str(jobs)
c.BaseScheduler.output_directory = "reports/jobs"
c.BaseScheduler.execution_manager_class = "analysis.run.lab_job.LabJob"
