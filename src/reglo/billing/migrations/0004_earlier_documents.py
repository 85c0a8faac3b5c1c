"""What was issued before there was a ledger is booked by a job, in batches that can be repeated."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def schedule(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """One job for each organisation that has issued something."""
    job = apps.get_model("jobs", "Job")
    invoices = apps.get_model("billing", "Invoice").objects
    now = timezone.now()
    for organisation_id in invoices.order_by("organisation_id").values_list("organisation_id", flat=True).distinct():
        job.objects.create(
            organisation_id=organisation_id,
            kind="post-earlier-documents",
            subject_id=organisation_id,
            key=f"post-earlier-documents:{organisation_id}",
            due_at=now,
            created_at=now,
        )


class Migration(migrations.Migration):
    """Jobs that book earlier documents."""

    dependencies = [("billing", "0003_search"), ("jobs", "0001_initial"), ("ledger", "0002_triggers")]
    operations = [migrations.RunPython(schedule, migrations.RunPython.noop)]
