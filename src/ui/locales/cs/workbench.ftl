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
