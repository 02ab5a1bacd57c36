import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mandates', '0004_reveals'),
        ('statements', '0002_origin'),
    ]

    operations = [
        migrations.CreateModel(
            name='Joining',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(editable=False, max_length=24, unique=True)),
                ('state', models.CharField(editable=False, max_length=32)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(editable=False)),
                ('reason', models.CharField(blank=True, choices=[('unknown', 'the members do not know the person well enough yet'), ('other_aim', 'the group was formed for something else'), ('full', 'the group takes in nobody at present'), ('no_reason', 'the group gives no reason')], max_length=12)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joinings', to='statements.group')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mandates.mandate')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('group', 'mandate'), name='asks_a_group_once')],
            },
        ),
    ]
