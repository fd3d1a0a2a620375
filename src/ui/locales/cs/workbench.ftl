## Začátek jinak

work-switch-here = Zastavit tam a začít tady
work-switch-here-help = U zákazníka { $customer } se hodiny v tu chvíli zastaví a začnou běžet tady.
work-elsewhere-since = Spustili jste je { $since }.
work-earlier = Začalo to dřív
work-earlier-when = O kolik dřív
work-earlier-by = o { $minutes }
work-earlier-help = Minuty navíc jsou oprava, zákazník ji uvidí v rozpisu.
work-earlier-submit = Spustit s dřívějším začátkem
field-earlier = O tolik dřív začít nejde: bylo by to mimo domluvený termín, mimo dobu linky nebo před příchodem požadavku. Spusťte hodiny teď a úsek pak opravte.
field-earlier-taken = V té době se vám už počítal jiný úsek. Vyberte méně minut.
field-earlier-needs-manager = Víc než { $most } min navíc přidává vedoucí: vyberte méně, nebo ho požádejte

## Uzavření z běhu

work-close-running = Zastavit a uzavřít
work-close-running-help = Hodiny se zastaví ve chvíli, kdy zásah uzavřete.
work-close-running-submit = Zastavit, uzavřít a vyúčtovat

## Rozdělení úseku

work-segment-split = Rozdělit
work-split-title = Rozdělit úsek
work-split-before = Do té doby
work-split-at = Kdy se to změnilo
work-split-after = Od té doby
work-split-save = Rozdělit úsek
field-kind-after = Obě části jsou stejné. Vyberte, co se dělalo potom, nebo úsek jen opravte.
field-split-at = Čas musí být uvnitř úseku
field-split-needs-manager = Víc než { $most } min účtovaného času navíc přidává vedoucí: rozdělte úsek jinak, nebo ho požádejte

## Znovu otevřený zásah

work-reopen-link = Znovu otevřít
work-reopen-title = Znovu otevřít zásah
work-reopen-help = Účtuje se { $minutes }. Otevřením se nic nevrací: úseky i zprávu opravíte na pracovním stole a rozdíl se zúčtuje, až zásah znovu uzavřete. Zákazník dostane opravené vyúčtování.
work-reopen-invoiced = Zásah už je na faktuře. Na to, co se z ní vrátí, vystavíme opravný daňový doklad.
work-reopen-told = Technik, kterému zásah patří, dostane e-mail.
work-reopen-reason = Co se má opravit
work-reopen-reason-hint = Uvidí to i zákazník na vyúčtování.
work-reopen-submit = Znovu otevřít
work-reopen-back = Na pracovní stůl
work-reopen-is-invoiced = Zásah už je na faktuře.
work-reopen-was-until = Bez vedoucího to šlo do { $day }.
work-reopen-called-off = Tenhle zásah znovu otevřít nejde
work-reopen-called-off-help = Uzavřel se před domluveným termínem a termín se tím zrušil. Na další práci založte nový požadavek.
work-reopened = Zásah je znovu otevřený
work-reopened-by = Otevřel { $by }, { $when }. Opravte, co nesedí, a zásah znovu uzavřete.

## Vlastní texty do zpráv

blocks-title = Texty do zpráv
blocks-lead = Co píšete do zpráv často, napište jednou. Každý má svoje.
blocks-none = Zatím nemáte žádný text
blocks-none-help = Až si nějaký přidáte, vložíte ho do zprávy jedním tlačítkem.
blocks-add = Přidat text
blocks-new-title = Nový text do zpráv
blocks-edit-title = Upravit text do zpráv
blocks-name = Název
blocks-name-hint = Podle něj text najdete na tlačítku.
blocks-body = Text
blocks-body-hint = Slovy, kterým rozumí zákazník.
blocks-save = Uložit text
blocks-up = Výš
blocks-down = Níž
blocks-delete = Smazat
blocks-deleted = Text „{ $title }“ je smazaný
blocks-restore = Vrátit zpět
blocks-insert = Vložit do zprávy
blocks-own = Upravit vlastní texty
blocks-begin = Připravit si vlastní texty do zpráv
field-block-title = Napište, podle čeho text najdete
field-block-title-used = Tak se už jmenuje jiný váš text
field-blocks-many = Víc než { $most } textů mít nejde: nejdřív nějaký smažte
field-block-body = Napište, co se má do zprávy vložit

## Strop

work-ceiling-near = Strop se blíží. Řekněte to zákazníkovi, dokud jste spolu ve spojení.
