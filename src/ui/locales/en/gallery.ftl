### The gallery, in the demo only.

gallery-title = Gallery
gallery-lead = Every component in every state.
gallery-button = Send
gallery-link = Go on elsewhere
gallery-disabled = Not now
gallery-label = Name
gallery-hint = Who will sit at the computer when the technician connects.
gallery-filled = Marie Kuchařová
gallery-typed = 12a
gallery-suffix = minutes
gallery-question = What do you need?
gallery-option = Error message
gallery-option-other = Installation of a new version
gallery-empty = No requests yet.
gallery-person = Jana Dvořáková
gallery-tier = Rychlá
gallery-long-label = Základní škola a mateřská škola Horní Bečva, příspěvková organizace, školní jídelna a výdejna Zubří
gallery-long = Since yesterday’s update of the stores, printing meal tickets shows a message that the printer is not available, although other programs print on it. We restarted the computer and the printer; it did not help.
