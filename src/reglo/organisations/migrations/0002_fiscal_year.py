from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="closing_month",
            field=models.PositiveSmallIntegerField(default=12),
        ),
        migrations.AddField(
            model_name="organisation",
            name="closing_day",
            field=models.PositiveSmallIntegerField(default=31),
        ),
    ]
