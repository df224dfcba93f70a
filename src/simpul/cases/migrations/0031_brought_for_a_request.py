from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('cases', '0030_referrals_that_wait')]

    operations = [
        migrations.RemoveConstraint(
            model_name='escalation',
            name='cases_escalation_ground',
        ),
        migrations.AlterField(
            model_name='escalation',
            name='ground',
            field=models.CharField(choices=[('escalated', 'Escalated'), ('agreed', 'Agreed'), ('request', 'Request')], max_length=9),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.CheckConstraint(condition=models.Q(('ground__in', ['escalated', 'agreed', 'request'])), name='cases_escalation_ground'),
        ),
    ]
