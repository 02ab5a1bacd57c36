"""Given names that are one name in several languages, and everyday short forms.

Each line is one name: its forms in Russian, Ukrainian, Belarusian and common Western spellings, first the form that
the others are read as. Patronymics follow: a stem that stands here is read as the first of its line.
"""

FORMS = """
aleksandr oleksandr aliaksandr alexander alexandre aleksander aleksandras aleksandrs alejandro alessandro sasha
aleksandra oleksandra aliaksandra alexandra
aleksei oleksii oleksiy aliaksei alexei alexey alexis aleksejs
anatolii anatoly anatol
andrei andrii andriy andrej andrew andreas andrzej andrius andrejs
antonina antanina
anna hanna ganna
arkadii arkady arkadz
artem artiom artyom
bogdan bohdan
boris barys borys
valentin valiantsin valentyn
valentina valiantsina valentyna
valerii valery valeriy valieri
vasilii vasyl vasil vasily basil vasile
vera vira
viktor viktar victor wiktor
vitalii vital vitaliy vitaly
vladimir volodymyr uladzimir wladimir vladimirs vladimiras wlodzimierz vova
vladislav vladyslav uladzislau wladyslaw
viacheslav vyacheslav viachaslau viacheslau
galina halyna halina
gennadii hennadii henadz gennady hienadz
georgii heorhii georgy heorhi georg george giorgi jorge georges
grigorii hryhorii ryhor grigory hrihorii gregory
daniil danylo daniel danil danila
denis dzianis denys dionisii
dmitrii dmytro dzmitry dmitry dmitri dimitri dymitr dima
evgenii yevhen yauhen evgeny eugene eugen yevgeny jewgeni yawhen zhenya
evgeniia yevheniia yauheniia eugenia evgenia
egor yehor yahor jegor
ekaterina kateryna katsiaryna catherine katerina katarina yekaterina katya
elena olena alena helena yelena
elizaveta yelyzaveta lizaveta elizabeth elisabeth
ivan iwan ioann ivans
igor ihor ihar
ilia illia ilya ilja ilia
irina iryna irena
iosif yosyp iosef joseph josef yosif josif
konstantin kostiantyn kanstantsin constantin
kseniia oksana aksana xenia ksenia
kirill kyrylo kiryl cyril kiril
leonid leanid
lidiia lidziia lydia lidia
liubov lyubov liubou lubov
liudmila lyudmyla lyudmila ludmila
makar makary
maksim maksym maxim maxime maksims
margarita marharyta
mariia maryia maria marie mary marya
mikhail mykhailo mikhas michael mihail michail mykhaylo misha
nadezhda nadiia nadzeia nadia
natalia nataliia natallia natalya natalie natasha
nikita mykyta mikita
nikolai mykola mikalai nicholas nikolaj nicolas nikolaos nikolajs kolya
oleg oleh aleh
olga olha volha olya
pavel pavlo paul paval pavels pawel
petr petro piotr pyotr peter piatro
polina palina
roman raman romans
ruslan ruslans
savelii saveli
svetlana svitlana sviatlana swetlana
semen semion semyon simon siamion
sergei serhii siarhei serge sergey serhiy sergejs sergejus siarhey
sofia sofiia sophia safiia sofya
stanislav stanislau stanislaw
stepan stsiapan stephan
taisiia taisia
taras tarass
tatiana tetiana tatsiana tetyana tatyana tanya
timofei tymofii tsimafei timothy
fedor fedir fiodar fyodor theodore fiodor
filipp pylyp philip filip
iurii yury yurii juri yuriy jury iouri
iuliia yuliia yuliya julia julija
iakov yakiv yakau jacob jakob
iaroslav yaroslav yaraslau jaroslav
magomed muhammad mohammed mohamed muhammed mohammad mahamat magamed mohamad muhamed mehmed mukhammad mukhamed muhammet
akhmed ahmed ahmad akhmad achmed akhmet
ibragim ibrahim ebrahim
iusup yusuf yousef yusup yousif youssef jusuf usuf
gusein hussein husayn hossein huseyn hussain husain hosein
gasan hasan hassan khasan hasen
abdulla abdullah abdallah abdollah
ali aly
omar umar oumar
osman usman othman uthman
isa issa eisa
musa moussa mousa moosa
suleiman sulaiman sulayman soleiman suleyman
said saeed sayed saied saeid
akhmat akhmad
ramazan ramadan ramadhan ramzan
kadyr qadir kadir
khalid khaled kalid haled
magsud maqsud maksud
elchin elcin
rustam rustem
timur taimur teymur
"""
