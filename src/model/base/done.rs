//! What a page says at its top after a form that was sent there has had its effect.

use super::codes::coded_enum;

coded_enum! {
    /// That it is done, in a word. A code: what people read stands in the catalogue of texts, so that nobody's browser can be
    /// made to show words of somebody else.
    pub enum Done {
        /// What was typed or ticked is kept.
        Saved = "saved",
        /// There is one more of what the page lists.
        Added = "added",
        /// There is one less.
        Removed = "removed",
        /// What was to come does not come.
        Withdrawn = "withdrawn",
        /// What the page lists stands in another order.
        Reordered = "reordered",
        /// It was carried out.
        CarriedOut = "carried_out",
        /// It was sent to the vendor's people.
        Sent = "sent",
        /// It waits to be sent by mail.
        WillBeSent = "will_be_sent",
        /// Who was signed in elsewhere is no more.
        SignedOut = "signed_out",
        /// The failures to sign in are forgotten.
        Unlocked = "unlocked",
        /// A link goes by mail, if somebody signs in with the address.
        LinkAsked = "link_asked",
        /// The mailbox of now and the one to be were asked.
        AddressAsked = "address_asked",
        /// A mailbox has agreed to another address.
        AddressAgreed = "address_agreed",
        /// The password is another one.
        PasswordChanged = "password_changed",
        /// There is a password to sign in with.
        PasswordChosen = "password_chosen",
        /// What was kept of a person is gone.
        Erased = "erased",
    }
}
