### Přehled: co je nejblíž, co čeká, co zbývá.

home-nothing-ahead = Žádný domluvený termín
home-new = Až si objednáte první zásah, uvidíte tady, kdy se technik připojí a co si připravit.
home-connects = Připojí se technik: { $what }
home-open = Požadavek { $number }
home-ready = Co mít připravené
home-ready-program = Spuštěný program { $program }
home-ready-teamviewer = Spuštěný TeamViewer.
home-ready-start = Spustit TeamViewer
home-ready-download = Nemáte ho? Stáhnout
home-ready-id = ID { $id }
home-tasks = Čeká na vás
home-task-consent = Zeptali jsme se, jestli pokračovat
home-task-pick = Vybrat termín: { $what }
home-task-missed = Vybrat nový termín přednostně: { $what }
home-task-message = Nová zpráva k požadavku { $number }
home-task-pay = Zaplatit { $amount } za { $minutes }
home-task-draft =
    { $count ->
        [one] { $count } rozepsaná objednávka: { $what }
        [few] { $count } rozepsané objednávky, poslední: { $what }
       *[other] { $count } rozepsaných objednávek, poslední: { $what }
    }
home-again = Naposledy: { $what }
home-earlier = Poslední požadavky
home-all = Všechny požadavky
home-elsewhere = Vaše práce začíná jinde
home-elsewhere-link = Přejít tam

who-orders = Objednávat u vás může
who-orders-ask = Požádat
who-orders-asked = Dnes už jste požádali
home-keep-number = Zapsat ID počítače
home-keep-number-why = ID ukazuje TeamViewer, když ho spustíte. Když ho technik bude mít předem, nemusí se na něj ptát.
