from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('cases', '0031_brought_for_a_request')]

    operations = [
        migrations.RemoveConstraint(
            model_name='closurerequest',
            name='cases_closurerequest_outcome',
        ),
        migrations.AddField(
            model_name='closurerequest',
            name='act',
            field=models.CharField(choices=[('open', 'Open'), ('triage', 'Sort by type, risk and competence'), ('assess', 'Assess'), ('plan', 'Plan the help'), ('assist', 'Accompany'), ('refer', 'Refer'), ('monitor', 'Follow up'), ('close', 'Close'), ('transfer', 'Hand over'), ('withdraw', "Stop at the person's wish"), ('lose', "Record that the person can't be reached"), ('duplicate', 'Mark as entered twice'), ('redirect', 'Send to the right place'), ('reopen', 'Open again')], default='close', max_length=10),
        ),
        migrations.AlterField(
            model_name='closurerequest',
            name='outcome',
            field=models.CharField(blank=True, choices=[('met', 'Needs met'), ('partly_met', 'Needs partly met'), ('unmet', 'Needs not met'), ('refused', 'Refused by the office'), ('separated', 'Marriage prevented or the children separated'), ('married', 'Married all the same'), ('dispensation_filed', 'Dispensation asked of the court'), ('dispensation_refused', 'Dispensation refused by the court'), ('document_issued', 'Document issued')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='closurerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act', 'close'), ('outcome__in', ['met', 'partly_met', 'unmet', 'refused', 'separated', 'married', 'dispensation_filed', 'dispensation_refused', 'document_issued'])), models.Q(('act__in', ['withdraw', 'lose', 'redirect']), ('outcome', '')), _connector='OR'), name='cases_closurerequest_outcome'),
        ),
    ]
