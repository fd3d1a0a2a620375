gallery-title = Vzorník
