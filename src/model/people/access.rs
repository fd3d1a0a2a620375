//! For whom pages, files and server functions are.

/// For whom a route is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// For everybody.
    Public,
    /// For whoever is signed in.
    SignedIn,
    /// For members of customers.
    Member,
    /// For members with the capability `order`.
    Orderer,
    /// For members with the capability `buy`.
    Buyer,
    /// For members with the capability `see_billing` or `buy`.
    BillingViewer,
    /// For members with the capability `manage`.
    CustomerManager,
    /// For who connects programs: members with the capability `manage`, each for their customer, and managers for the vendor.
    Integrator,
    /// For the vendor's people.
    Staff,
    /// For technicians and managers: who may correct what a clock measured.
    Corrector,
    /// For technicians.
    Technician,
    /// For dispatchers and managers.
    Desk,
    /// For managers.
    Manager,
}
