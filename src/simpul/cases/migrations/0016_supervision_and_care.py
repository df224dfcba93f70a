"""How a desk works, who approves an end, how companions are, who took over; and a face that its receipt finds again."""


import django.db.models.deletion
import simpul.kernel.ids
import simpul.records.models
import simpul.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0015_people_on_lists'),
        ('organisations', '0029_secretariat_rows_only_appended'),
        ('people', '0004_erased_persons'),
    ]

    operations = [
        migrations.CreateModel(
            name='Checkin',
            fields=[
                ('id', models.UUIDField(default=simpul.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('origin_node', models.CharField(default=simpul.records.models.this_node, editable=False, max_length=40)),
                ('answers', simpul.vault.fields.SealedJSONField()),
                ('with_coordinator', models.BooleanField()),
                ('said_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ClosureRequest',
            fields=[
                ('id', models.UUIDField(default=simpul.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('origin_node', models.CharField(default=simpul.records.models.this_node, editable=False, max_length=40)),
                ('outcome', models.CharField(choices=[('met', 'Needs met'), ('partly_met', 'Needs partly met'), ('unmet', 'Needs not met'), ('refused', 'Refused by the office'), ('separated', 'Marriage prevented or the children separated'), ('married', 'Married all the same'), ('dispensation_filed', 'Dispensation asked of the court'), ('dispensation_refused', 'Dispensation refused by the court'), ('document_issued', 'Document issued')], max_length=20)),
                ('reason', simpul.vault.fields.SealedTextField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('approved', models.BooleanField(null=True)),
                ('words', simpul.vault.fields.SealedTextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='DeskRules',
            fields=[
                ('id', models.UUIDField(default=simpul.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('origin_node', models.CharField(default=simpul.records.models.this_node, editable=False, max_length=40)),
                ('approves_closure', models.BooleanField()),
                ('checkins', models.CharField(choices=[('chosen', 'Only whom the companion chooses'), ('coordinator', 'The coordinator too')], max_length=11)),
                ('reason', models.CharField(max_length=500)),
                ('set_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.UUIDField(default=simpul.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('origin_node', models.CharField(default=simpul.records.models.this_node, editable=False, max_length=40)),
                ('asked', models.CharField(choices=[('agrees', 'They agree'), ('wishes', 'They wished it themselves'), ('unsafe', 'Asking now would endanger them')], max_length=6)),
                ('reason', simpul.vault.fields.SealedTextField(null=True)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Threat',
            fields=[
                ('id', models.UUIDField(default=simpul.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('origin_node', models.CharField(default=simpul.records.models.this_node, editable=False, max_length=40)),
                ('danger', models.CharField(choices=[('threatened', 'Somebody threatened me'), ('followed', 'Somebody follows or watches me'), ('home', 'Somebody came to my home'), ('online', 'By phone or online'), ('family', 'My family is threatened'), ('hurt', 'Somebody hurt me'), ('other', 'Something else frightens me')], max_length=10)),
                ('is_now', models.BooleanField()),
                ('words', simpul.vault.fields.SealedTextField(null=True)),
                ('tells_coordinator', models.BooleanField()),
                ('tells_supervisor', models.BooleanField()),
                ('reported_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('done', simpul.vault.fields.SealedTextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.UUIDField(default=simpul.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('origin_node', models.CharField(default=simpul.records.models.this_node, editable=False, max_length=40)),
                ('former_code', models.CharField(max_length=20)),
                ('branch', models.CharField(max_length=8)),
                ('summary', simpul.vault.fields.SealedTextField()),
                ('reason', simpul.vault.fields.SealedTextField()),
                ('state', models.CharField(choices=[('draft', 'Being prepared'), ('asked', 'Waits for their answer'), ('accepted', 'Taken over'), ('refused', 'Not taken over'), ('revoked', 'Taken back')], default='draft', max_length=8)),
                ('basis', models.CharField(blank=True, choices=[('consent', "The person's consent"), ('vital', 'Danger to life or health'), ('duty', 'A duty by law'), ('override', 'Without consent, decided by the coordinator')], max_length=8)),
                ('made_at', models.DateTimeField()),
                ('asked_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('words', simpul.vault.fields.SealedTextField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='satisfaction',
            name='digest',
            field=models.CharField(editable=False, max_length=64, null=True, unique=True),
        ),
        migrations.AddIndex(
            model_name='casestep',
            index=models.Index(models.F('at'), models.F('case'), condition=models.Q(('act', 'reopen')), name='casestep_reopened'),
        ),
        migrations.AddField(
            model_name='checkin',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='checkin',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='checkin',
            name='shared_with',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='closurerequest',
            name='asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='closurerequest',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closure_requests', to='cases.case'),
        ),
        migrations.AddField(
            model_name='closurerequest',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='deskrules',
            name='owner_organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='deskrules',
            name='set_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='handover',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='handover',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='cases.case'),
        ),
        migrations.AddField(
            model_name='handover',
            name='leaving',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='handover',
            name='successor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='threat',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='threat',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='threat',
            name='settled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transfers', to='cases.case'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='from_organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='to_organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddIndex(
            model_name='checkin',
            index=models.Index(models.F('person'), models.F('id'), name='checkin_of_person'),
        ),
        migrations.AddIndex(
            model_name='checkin',
            index=models.Index(models.F('shared_with'), models.F('id'), condition=models.Q(('shared_with__isnull', False)), name='checkin_shared'),
        ),
        migrations.AddIndex(
            model_name='checkin',
            index=models.Index(models.F('organisation'), models.F('id'), condition=models.Q(('with_coordinator', True)), name='checkin_told'),
        ),
        migrations.AddIndex(
            model_name='closurerequest',
            index=models.Index(models.F('asked_at'), models.F('id'), condition=models.Q(('decided_at', None)), name='closure_waiting'),
        ),
        migrations.AddConstraint(
            model_name='closurerequest',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('case',), name='cases_closurerequest_once'),
        ),
        migrations.AddConstraint(
            model_name='closurerequest',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['met', 'partly_met', 'unmet', 'refused', 'separated', 'married', 'dispensation_filed', 'dispensation_refused', 'document_issued'])), name='cases_closurerequest_outcome'),
        ),
        migrations.AddConstraint(
            model_name='closurerequest',
            constraint=models.CheckConstraint(condition=models.Q(('approved', None), ('decided_at__isnull', False), _connector='OR'), name='cases_closurerequest_decided'),
        ),
        migrations.AddConstraint(
            model_name='deskrules',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('owner_organisation',), name='cases_deskrules_once'),
        ),
        migrations.AddConstraint(
            model_name='deskrules',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='cases_deskrules_reason'),
        ),
        migrations.AddConstraint(
            model_name='deskrules',
            constraint=models.CheckConstraint(condition=models.Q(('checkins__in', ['chosen', 'coordinator'])), name='cases_deskrules_checkins'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('asked__in', ['agrees', 'wishes', 'unsafe'])), name='cases_handover_asked'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('leaving', models.F('successor')), _negated=True), name='cases_handover_other'),
        ),
        migrations.AddIndex(
            model_name='threat',
            index=models.Index(models.F('organisation'), models.F('reported_at'), models.F('id'), condition=models.Q(('settled_at', None)), name='threat_open'),
        ),
        migrations.AddIndex(
            model_name='threat',
            index=models.Index(models.F('person'), models.F('id'), name='threat_of_person'),
        ),
        migrations.AddConstraint(
            model_name='threat',
            constraint=models.CheckConstraint(condition=models.Q(('danger__in', ['threatened', 'followed', 'home', 'online', 'family', 'hurt', 'other'])), name='cases_threat_danger'),
        ),
        migrations.AddConstraint(
            model_name='threat',
            constraint=models.CheckConstraint(condition=models.Q(('tells_coordinator', True), ('tells_supervisor', True), _connector='OR'), name='cases_threat_told'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(models.F('from_organisation'), models.F('id'), name='transfer_from'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(models.F('to_organisation'), models.F('id'), condition=models.Q(('asked_at__isnull', False)), name='transfer_to'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'asked'))), fields=('case',), name='cases_transfer_one_open'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'asked', 'accepted', 'refused', 'revoked'])), name='cases_transfer_state'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('from_organisation', models.F('to_organisation')), _negated=True), name='cases_transfer_elsewhere'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_at', None), ('state', 'draft')), ('state', 'revoked'), models.Q(('asked_at__isnull', False), models.Q(('basis', ''), _negated=True)), _connector='OR'), name='cases_transfer_with_basis'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state__in', ('draft', 'asked'))), models.Q(models.Q(('state__in', ('draft', 'asked')), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='cases_transfer_decided'),
        ),
    ]
